package dev.lexstream.cli;

public final class Lexstream {
    private Lexstream() {}

    public static void main(String[] args) {
        System.out.println("hello");
    }
}
