package dev.banyan.accounts.signin;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.banyan.accounts.signin.factors.Passkeys;

/// What the script of a page passes on to the browser, so that it asks for a passkey.
public record AskedPasskey(String token, @JsonRawValue String options) {

    public static AskedPasskey of(Passkeys.Asked asked) {
        return new AskedPasskey(asked.token(), asked.options());
    }
}
