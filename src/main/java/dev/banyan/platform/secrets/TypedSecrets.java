package dev.banyan.platform.secrets;

import dev.banyan.platform.secrets.SealedSecrets.Opened;
import jakarta.inject.Singleton;

/// Keeps a secret that was typed into a form until the form is sent again, after a test or with an error: it would
/// be lost there without a word. It’s sealed in the page, which never shows it.
@Singleton
public record TypedSecrets(SealedSecrets secrets) {

    /// The hidden field with the sealed secret.
    public static final String FIELD = "typedSecret";

    /// Returns for whom a secret is sealed: it opens only for the one who typed it, and only there. So nobody else can
    /// have it sent to another address than it was typed for.
    ///
    /// @param who the id of a person
    /// @param place what the form belongs to, such as the id of an account
    public static String owner(Object who, Object place) {
        return who + " at " + place;
    }

    /// @param typed what is in the visible field
    /// @param kept what came with the hidden field
    /// @param owner whose form it is; a sealed secret opens only there
    /// @return the text of the hidden field when the form is drawn again; empty without a secret
    public String seal(String typed, String kept, String owner) {
        return typed.isEmpty() ? kept : secrets.seal(typed, purpose(owner));
    }

    /// Returns the secret that is typed now, or that came with the hidden field; empty without one.
    public String typed(String typed, String kept, String owner) {
        return typed.isEmpty() ? open(kept, owner) : typed;
    }

    /// Returns the secret; empty without one.
    public String open(String sealed, String owner) {
        return secrets.open(sealed, purpose(owner)) instanceof Opened.Done(String secret) ? secret : "";
    }

    private static String purpose(String owner) {
        return "secret typed for " + owner;
    }
}
