package dev.banyan.whatsapp.session;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.Invalid;
import dev.banyan.whatsapp.Driver;
import dev.banyan.whatsapp.Driver.Capability;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.messages.SendingAbilities;
import jakarta.inject.Singleton;

/// The passkey that WhatsApp asks for before it accepts a device, on behalf of people: shown, answered, confirmed.
@Singleton
public record PasskeySteps(SendingAbilities abilities, NumberCalls numbers) {

    /// The longest credential of a browser; usual ones have 2,000 characters.
    public static final int LONGEST = 16_384;

    private static final Invalid MISSING = new Invalid("credential", "Missing credential", "Paste the credential.");
    private static final Invalid TOO_LONG =
            new Invalid("credential", "The credential must be 16,384 characters or fewer.");
    private static final Invalid NO_CREDENTIAL = new Invalid(
            "credential", "This is not the browser’s credential. Copy the whole text, from the first { to the last }.");

    private static final ObjectMapper JSON = new ObjectMapper();

    /// What a linking asks for right now.
    public sealed interface Step {

        record Asked(Driver.Passkey passkey) implements Step {}

        /// WhatsApp asks for a passkey, and the gateway can't show it yet.
        record NotYet() implements Step {}

        /// This linking asks for no passkey.
        record NotAsked() implements Step {}

        /// The gateway has no passkey step.
        ///
        /// @param instead what to do, as full sentences
        record NotOffered(String instead) implements Step {}

        /// Returns why there is nothing to do; empty if there is.
        default Optional<String> refusal() {
            return switch (this) {
                case Asked _ -> Optional.empty();
                case NotYet _ -> Optional.of("The gateway has no challenge yet. Ask again in a few seconds.");
                case NotAsked _ -> Optional.of("WhatsApp asks for no passkey right now.");
                case NotOffered(String instead) -> Optional.of(instead);
            };
        }
    }

    /// Returns whether the number's gateway can pass on a passkey.
    public boolean isOffered(Sender sender) {
        return abilities.of(sender).contains(Capability.PASSKEY);
    }

    /// Returns what to do instead with a gateway that can't, as full sentences.
    public static String instead(DriverKind kind) {
        return kind.profile.insteadOfPasskey();
    }

    /// Asks the gateway. What a gateway can is known since its last check only, so the state is believed first.
    public Step step(Sender sender) {
        return notAsked(sender)
                .orElseGet(() -> numbers.passkey(sender)
                        .<Step>map(Step.Asked::new)
                        .orElseGet(() ->
                                isOffered(sender) ? new Step.NotYet() : new Step.NotOffered(instead(sender.driver()))));
    }

    private Optional<Step> notAsked(Sender sender) {
        if (sender.state() == SenderState.PASSKEY_REQUIRED) {
            return Optional.empty();
        }
        return Optional.of(mayBeAsked(sender) ? new Step.NotAsked() : new Step.NotOffered(instead(sender.driver())));
    }

    /// A gateway whose number is linked may be able to, even if it was never checked.
    private boolean mayBeAsked(Sender sender) {
        return isOffered(sender)
                || sender.driver().profile.passesPasskeys() && sender.state().isActive();
    }

    /// Passes on what the browser has signed.
    ///
    /// @param credential the browser's credential, as JSON
    /// @return why it was not accepted, as a full sentence; empty if it was
    public Optional<String> answer(Sender sender, String credential) {
        return pass(
                sender,
                () -> broken(credential).map(Invalid::userMessage).or(() -> numbers.answerPasskey(sender, credential)));
    }

    /// Returns what is wrong with a credential, as far as it can be told without the gateway.
    public static Optional<Invalid> broken(String credential) {
        if (credential.isBlank()) {
            return Optional.of(MISSING);
        }
        if (credential.length() > LONGEST) {
            return Optional.of(TOO_LONG);
        }
        return read(credential).filter(json -> json.path("response").isObject()).isPresent()
                ? Optional.empty()
                : Optional.of(NO_CREDENTIAL);
    }

    /// Returns a credential of a JSON body as text; empty if there is none.
    public static String text(Optional<JsonNode> credential) {
        return credential
                .filter(json -> !json.isNull() && !json.isMissingNode())
                .map(JsonNode::toString)
                .orElse("");
    }

    /// Reads JSON that should be an object.
    static Optional<JsonNode> read(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text)).filter(JsonNode::isObject);
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    /// Confirms that the phone shows the same code.
    ///
    /// @return why it was not accepted, as a full sentence; empty if it was
    public Optional<String> confirm(Sender sender) {
        return pass(sender, () -> numbers.confirmPasskey(sender));
    }

    private Optional<String> pass(Sender sender, Supplier<Optional<String>> passing) {
        Optional<String> refused = notAsked(sender).map(Step::refusal).orElseGet(() -> passing.get());
        if (refused.isEmpty()) {
            numbers.settle(sender);
        }
        return refused;
    }
}
