package dev.banyan.whatsapp.connections;

import module java.base;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.whatsapp.connections.ConnectionDraft.Secrets;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A connection in a request; what is left out stays. The credentials may stand at the top as well.
@NoOtherFields
record ConnectionBody(
        @Schema(example = "Office gateway") Optional<String> name,

        @Schema(description = "`cloud`, `waha`, `evolution` or `simulator`; can't be changed later", example = "waha")
        Optional<String> driver,

        @Schema(description = "The root of the gateway's API", example = "http://localhost:3000")
        Optional<String> url,

        Optional<Secrets> credentials,
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
                new Secrets(
                        credentials.flatMap(Secrets::apiKey).or(() -> apiKey),
                        credentials.flatMap(Secrets::token).or(() -> token),
                        credentials.flatMap(Secrets::appSecret).or(() -> appSecret),
                        credentials.flatMap(Secrets::verifyToken).or(() -> verifyToken),
                        credentials.flatMap(Secrets::wabaId).or(() -> wabaId)),
                webhook.flatMap(HookBody::url),
                webhook.flatMap(HookBody::secret),
                marketingMessages);
    }

    @Override
    public String toString() {
        return "ConnectionBody[secret]";
    }
}
