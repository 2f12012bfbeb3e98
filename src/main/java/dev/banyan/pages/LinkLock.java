package dev.banyan.pages;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Keyed;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The lock of a link: its target is revealed only after the lock was opened.
///
/// @param code what a visitor must type, if the lock has a code; compared exactly
/// @param message shown to the visitor; empty for the default text
public record LinkLock(Type type, String code, String message) {

    /// Returns the lock as the caller sees it: operators who help an account don't see its codes.
    public LinkLock shownTo(AccountContext context) {
        return context.isSupport() ? new LinkLock(type, "", message) : this;
    }

    @Schema(name = "LinkLockType")
    public enum Type implements Keyed {
        CODE,
        AGE,
        SENSITIVE;

        static Optional<Type> parse(String key) {
            return Keyed.parse(Type.class, key);
        }
    }
}
