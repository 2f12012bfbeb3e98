package dev.banyan.whatsapp.failover;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.web.json.ApiDescription;
import dev.banyan.whatsapp.SenderId;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A decision about a failover, and why it was made, as the API and the console answer it.
@JsonInclude(Include.NON_ABSENT)
@Schema(name = "FailoverDecision", extensions = @Extension(name = ApiDescription.ENVELOPE, value = "DecisionAnswer"))
public record DecisionView(
        UUID id,
        @Schema(description = "The master of the pool") SenderId pool,
        Instant at,

        @Schema(description = "`failover` or `failback`") String kind,

        @Schema(
                description = "`done`, `proposed`, `approved`, `refused`, `withdrawn` or `impossible`; of a drill, what"
                        + " would be")
        String outcome,

        @Schema(description = "What led to it") String trigger,

        @Schema(description = "The member who decided, `server` or `console`")
        String by,

        @Schema(description = "What was seen of the pool and its numbers")
        List<String> seen,

        @Schema(description = "The rules that applied, in their order")
        List<String> rules,

        @Schema(description = "The pool that stands in; missing if none can")
        Optional<SenderId> chosen,

        List<RejectedView> rejected,

        @Schema(description = "What was moved; of a drill and a proposal, what would be")
        MovedView moved,

        long tookMs) {

    @Schema(name = "FailoverCandidate")
    public record RejectedView(SenderId candidate, String why) {}

    @Schema(name = "FailoverMoved")
    public record MovedView(int servants, int contacts, int messages) {}

    public static DecisionView of(FailoverDecision decision) {
        return new DecisionView(
                decision.id(),
                decision.pool(),
                decision.at(),
                decision.kind().name().toLowerCase(Locale.ROOT),
                decision.outcome(),
                decision.trigger(),
                decision.actor(),
                decision.seen(),
                decision.rules(),
                decision.chosen(),
                decision.rejected().stream()
                        .map(one -> new RejectedView(one.candidate(), one.why()))
                        .toList(),
                new MovedView(
                        decision.moved().servants(),
                        decision.moved().contacts(),
                        decision.moved().messages()),
                decision.took().toMillis());
    }
}
