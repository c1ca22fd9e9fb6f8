fn main() {
    println!("{}", option_env!("N1").unwrap_or("compiled in"));
}
