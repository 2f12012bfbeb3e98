package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.whatsapp.Driver;
import dev.banyan.whatsapp.Driver.Capability;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.messages.SendingAbilities;
import dev.banyan.whatsapp.session.PasskeySteps.Step;
import jakarta.inject.Singleton;

/// Decides what the pages that link a number offer, by what its gateway can.
@Singleton
public record LinkOffers(SendingAbilities abilities, Linking linking, PasskeySteps passkeys) {

    /// After so many codes, a scan that leads nowhere has probably been tried.
    private static final int CODES_BEFORE_WARNING = 2;

    /// Returns whether a phone scans a code to link a number; false for one that its gateway knows without a phone.
    public boolean scans(Sender sender) {
        return abilities.of(sender).contains(Capability.QR_CODE);
    }

    /// @param typed the credential that was refused; empty for none
    public LinkOffer of(Sender sender, String typed) {
        Set<Capability> can = abilities.of(sender);
        boolean simulated = !sender.driver().isReal();
        Optional<LinkEvent.Code> code = linking.code(sender.tenant(), sender.id());
        Optional<String> pairing = linking.pairingCode(sender.tenant(), sender.id());
        return new LinkOffer(
                simulated,
                can.contains(Capability.QR_CODE),
                can.contains(Capability.PAIRING_CODE) && sender.phone().isPresent() && pairing.isEmpty(),
                pairing,
                !simulated
                        && !can.contains(Capability.PASSKEY)
                        && code.filter(shown -> shown.number() >= CODES_BEFORE_WARNING)
                                .isPresent(),
                sender.state() == SenderState.PASSKEY_REQUIRED && code.isEmpty()
                        ? Optional.of(shown(passkeys.step(sender)))
                        : Optional.empty(),
                typed);
    }

    private static LinkOffer.Passkey shown(Step step) {
        return switch (step) {
            case Step.Asked(Driver.Passkey.Challenge(String options)) ->
                new LinkOffer.Passkey(Optional.of(script(options)), Optional.empty(), Optional.empty());
            case Step.Asked(Driver.Passkey.Confirmation(String code)) ->
                new LinkOffer.Passkey(Optional.empty(), Optional.of(code), Optional.empty());
            case Step.NotYet _, Step.NotAsked _ ->
                new LinkOffer.Passkey(Optional.empty(), Optional.empty(), Optional.empty());
            case Step.NotOffered(String instead) ->
                new LinkOffer.Passkey(Optional.empty(), Optional.empty(), Optional.of(instead));
        };
    }

    /// The options go to the browser unchanged. Only a page of web.whatsapp.com may ask for this passkey, so people
    /// run it there.
    public static String script(String options) {
        return "JSON.stringify(await navigator.credentials.get({publicKey: "
                + "PublicKeyCredential.parseRequestOptionsFromJSON(" + options + ")}))";
    }
}
