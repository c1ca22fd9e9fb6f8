fn main() {
    println!("{}", std::env::var("N1").unwrap());
    println!("{}", std::env::var("NOT_SET").is_ok());
}
