package dev.banyan.accounts.signin;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.banyan.accounts.signin.factors.Passkeys;

/// The options that a page's script passes to the browser to request a passkey.
public record AskedPasskey(String token, @JsonRawValue String options) {

    public static AskedPasskey of(Passkeys.Asked asked) {
        return new AskedPasskey(asked.token(), asked.options());
    }
}
