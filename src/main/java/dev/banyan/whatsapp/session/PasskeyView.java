package dev.banyan.whatsapp.session;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.platform.web.json.ApiDescription;
import dev.banyan.whatsapp.Driver.Passkey;
import dev.banyan.whatsapp.session.PasskeySteps.Step;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The passkey step as the APIs and the console answer it.
@JsonInclude(Include.NON_ABSENT)
@Schema(name = "PasskeyStep", extensions = @Extension(name = ApiDescription.ENVELOPE, value = "PasskeyAnswer"))
public record PasskeyView(
        @Schema(description = "`challenge`: sign it in a browser; `confirmation`: compare the code with the phone")
        String step,

        @Schema(
                description = "The request options for `navigator.credentials.get` at web.whatsapp.com, as its page"
                        + " would get them",
                type = SchemaType.OBJECT)
        Optional<JsonNode> challenge,

        @Schema(description = "The code that must be the same on the phone")
        Optional<String> code) {

    /// Returns what WhatsApp asks for; empty if it is nothing right now.
    public static Optional<PasskeyView> of(Step step) {
        return step instanceof Step.Asked(Passkey passkey)
                ? Optional.of(
                        switch (passkey) {
                            case Passkey.Challenge(String options) ->
                                new PasskeyView("challenge", PasskeySteps.read(options), Optional.empty());
                            case Passkey.Confirmation(String code) ->
                                new PasskeyView("confirmation", Optional.empty(), Optional.of(code));
                        })
                : Optional.empty();
    }
}
