package dev.banyan.whatsapp.numbers;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.AccountId;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderOverrides;
import dev.banyan.whatsapp.history.SenderRating;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A sender in the API.
@JsonInclude(Include.NON_ABSENT)
@Schema(name = "Sender")
public record WireSender(
        SenderId id,
        @Schema(description = "`master` or `servant`") String role,

        @Schema(description = "The master of a servant") Optional<SenderId> master,

        @Schema(description = "Of a master: `primary` or `backup`")
        Optional<String> type,

        @Schema(description = "Of a servant") Optional<String> purpose,

        @Schema(description = "Of a master: the id of the sub-account that its pool works for")
        Optional<AccountId> brand,

        @Schema(description = "The master that lent this servant for the time of a failover")
        Optional<SenderId> lentBy,

        String displayName,

        @Schema(description = "Missing until detected at linking")
        Optional<Phone> phone,

        @Schema(description = "`simulator` for a simulated number")
        String driver,

        @Schema(description = "The connection to its gateway; missing for a simulated number")
        Optional<ConnectionId> connection,

        @Schema(description = "What the gateway calls it") Optional<String> remote,

        @Schema(description = "False if an imported file turned it off")
        boolean enabled,

        @Schema(
                description = "`pending`, `linking`, `passkey-required`, `linked`, `disconnected`, `restricted`,"
                        + " `banned` or `unlinked`")
        String state,

        @Schema(description = "Only while it is paused: `hold` (it sends nothing) or `drain` (no new contacts)")
        Optional<String> paused,

        @Schema(description = "Whether it responded recently")
        boolean healthy,

        @Schema(description = "Why it is not working") Optional<String> error,
        Optional<String> deviceName,
        Optional<Instant> linkedAt,
        Instant stateChangedAt,

        @Schema(description = "When it last responded or sent anything")
        Optional<Instant> lastProofAt,

        List<String> tags,
        Optional<String> region,
        int weight,
        int priority,

        @Schema(description = "Messages per minute; missing if it uses the pool's limit")
        Optional<Integer> perMinute,

        @Schema(description = "Messages per day; missing if it uses the pool's limit")
        Optional<Integer> perDay,

        @Schema(description = "`on`, `off` or `pool`") String warmUp,

        @Schema(
                description =
                        "What WhatsApp thinks of a number of the Cloud API: `green`, `yellow`, `red` or `unknown`")
        Optional<String> qualityRating,

        @Schema(description = "How many chats its business may begin in 24 hours, such as `2,000` or `unlimited`")
        Optional<String> messagingLimit,

        @Schema(description = "Number of servants of a master")
        Optional<Long> servants,

        Instant createdAt,
        Instant updatedAt) {

    public static WireSender of(Sender sender, Liveness liveness, SenderRating rating) {
        SenderOverrides traits = sender.traits();
        return new WireSender(
                sender.id(),
                sender.isMaster() ? "master" : "servant",
                sender.masterId(),
                sender.masterType().map(MasterType::key),
                sender.purpose(),
                sender.assignment().brand(),
                sender.assignment().home(),
                sender.displayName(),
                sender.phone(),
                sender.driver().key(),
                sender.remote().map(Sender.Remote::connection),
                sender.remote().map(Sender.Remote::name),
                sender.enabled(),
                sender.state().key(),
                sender.assignment().pause().map(Pause::key),
                liveness.isHealthy(sender),
                sender.lastError(),
                sender.link().deviceName(),
                sender.link().linkedAt(),
                sender.link().stateChangedAt(),
                liveness.of(sender).lastProof().or(() -> sender.link().lastActiveAt()),
                traits.tags(),
                traits.region(),
                traits.weight(),
                traits.priority(),
                traits.pace().perMinute(),
                traits.pace().perDay(),
                traits.pace().warmsUp().map(on -> on ? "on" : "off").orElse("pool"),
                Optional.of(rating.quality()).filter(word -> !word.isEmpty()),
                Optional.of(rating.messagingLimit()).filter(words -> !words.isEmpty()),
                Optional.of(sender.servants()).filter(_ -> sender.isMaster()),
                sender.createdAt(),
                sender.updatedAt());
    }
}
