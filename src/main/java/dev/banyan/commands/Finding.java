package dev.banyan.commands;

/// A finding of the doctor: one line, including the remedy if something is wrong.
record Finding(Level level, String line) {

    enum Level {
        GOOD("✅"),
        WARNING("⚠️"),
        PROBLEM("❌");

        final String mark;

        Level(String mark) {
            this.mark = mark;
        }
    }

    static Finding good(String line) {
        return new Finding(Level.GOOD, line);
    }

    static Finding warning(String line) {
        return new Finding(Level.WARNING, line);
    }

    static Finding problem(String line) {
        return new Finding(Level.PROBLEM, line);
    }
}
