package dev.banyan.platform.files;

/// An uploaded archive can’t be used; the message says why.
public final class UnusableArchive extends Exception {

    private static final long serialVersionUID = 1L;

    private final String why;

    /// @param why a sentence without its period, such as “Its manifest is damaged”
    public UnusableArchive(String why) {
        super(why);
        this.why = why;
    }

    public String why() {
        return why;
    }
}
