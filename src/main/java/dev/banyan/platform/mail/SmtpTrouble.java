package dev.banyan.platform.mail;

/// Why a mail server didn't take a mail, as a sentence for people.
public final class SmtpTrouble extends Exception {

    private static final long serialVersionUID = 1;

    SmtpTrouble(String sentence) {
        super(sentence);
    }

    SmtpTrouble(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
