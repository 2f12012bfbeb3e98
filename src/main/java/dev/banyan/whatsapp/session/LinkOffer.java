package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.web.page.FormProblem;

/// What the pages that link a number offer besides its QR code, rendered by `whatsapp/linkCode` and
/// `whatsapp/linkPasskey`.
///
/// @param scans whether a phone scans a code; false for a number that its gateway knows without one
/// @param pairs whether a pairing code can be asked for
/// @param pairingCode to type on the phone
/// @param warns whether to say that some accounts need a passkey, which this gateway can't pass on
/// @param passkey what WhatsApp asks for before it accepts the phone
/// @param typed the credential that was refused
public record LinkOffer(
        boolean simulated,
        boolean scans,
        boolean pairs,
        Optional<String> pairingCode,
        boolean warns,
        Optional<Passkey> passkey,
        String typed) {

    public static final FormProblem NO_PAIRING_CODE = new FormProblem(
            "The gateway has no pairing code right now.", "Scan the QR code, or try again in a minute.");

    public static FormProblem refused(String why) {
        return new FormProblem("The passkey step didn’t succeed.", why);
    }

    /// Returns a credential as it was pasted, without what browsers put around it, such as quotes.
    public static String pasted(String text) {
        int first = text.indexOf('{');
        int last = text.lastIndexOf('}');
        return first >= 0 && last > first ? text.substring(first, last + 1) : text;
    }

    /// At most one of the three is present.
    ///
    /// @param script what to run in a browser at web.whatsapp.com; its result is the credential
    /// @param code to compare with the phone
    /// @param instead what to do with a gateway that has no passkey step
    public record Passkey(Optional<String> script, Optional<String> code, Optional<String> instead) {

        /// Whether the gateway has not said yet what it wants.
        public boolean isWaiting() {
            return script.isEmpty() && code.isEmpty() && instead.isEmpty();
        }

        /// Identifies what is shown.
        public String version() {
            return code.map(shown -> "code-" + shown).orElse(script.isPresent() ? "script" : "waiting");
        }
    }

    public boolean isWaiting() {
        return passkey.filter(Passkey::isWaiting).isPresent();
    }
}
