class Lookup {
    public static void main(String[] arguments) {
        System.out.println(System.getenv("N1"));
    }
}
