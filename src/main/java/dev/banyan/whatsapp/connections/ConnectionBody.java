package dev.banyan.whatsapp.connections;

import module java.base;
import dev.banyan.platform.web.json.NoOtherFields;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A connection in a request; what is left out stays. The credentials may stand at the top as well.
@NoOtherFields
record ConnectionBody(
        @Schema(example = "Office gateway") Optional<String> name,

        @Schema(description = "`cloud`, `waha`, `evolution` or `simulator`; can't be changed later", example = "waha")
        Optional<String> driver,

        @Schema(description = "The root of the gateway's API", example = "http://localhost:3000")
        Optional<String> url,

        Optional<CredentialsBody> credentials,
        Optional<HookBody> webhook,

        @Schema(description = "Whether marketing templates go over Meta's Marketing Messages API. Of the Cloud API")
        Optional<Boolean> marketingMessages,

        @Schema(description = "Of WAHA and Evolution API") Optional<String> apiKey,

        @Schema(description = "Of the Cloud API, as the following")
        Optional<String> token,

        Optional<String> appSecret,
        Optional<String> verifyToken,
        Optional<String> wabaId) {

    @NoOtherFields
    @Schema(name = "ConnectionCredentials")
    record CredentialsBody(
            @Schema(description = "Of WAHA and Evolution API")
            Optional<String> apiKey,

            @Schema(description = "The token of a system user of the Cloud API")
            Optional<String> token,

            @Schema(description = "Signs the webhooks of the Cloud API")
            Optional<String> appSecret,

            @Schema(description = "Chosen by you, and repeated by Meta; generated if omitted")
            Optional<String> verifyToken,

            @Schema(description = "The id of the WhatsApp Business Account")
            Optional<String> wabaId) {

        @Override
        public String toString() {
            return "CredentialsBody[secret]";
        }
    }

    @NoOtherFields
    @Schema(name = "ConnectionWebhook")
    record HookBody(
            @Schema(description = "Where the gateway reaches this server; its own address if omitted")
            Optional<String> url,

            @Schema(description = "What the gateway signs its webhooks with; generated if omitted")
            Optional<String> secret) {

        @Override
        public String toString() {
            return "HookBody[secret]";
        }
    }

    ConnectionDraft draft() {
        return new ConnectionDraft(
                name,
                driver,
                url,
                new ConnectionDraft.Secrets(
                        credentials.flatMap(CredentialsBody::apiKey).or(() -> apiKey),
                        credentials.flatMap(CredentialsBody::token).or(() -> token),
                        credentials.flatMap(CredentialsBody::appSecret).or(() -> appSecret),
                        credentials.flatMap(CredentialsBody::verifyToken).or(() -> verifyToken),
                        credentials.flatMap(CredentialsBody::wabaId).or(() -> wabaId)),
                webhook.flatMap(HookBody::url),
                webhook.flatMap(HookBody::secret),
                marketingMessages);
    }

    @Override
    public String toString() {
        return "ConnectionBody[secret]";
    }
}
