package dev.banyan.whatsapp.failover;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.whatsapp.access.SenderView;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The failover of a pool: its state, what would happen if it failed now, its settings, and a timeline of decisions.
///
/// @param drill the plan of a drill, if one was asked for
/// @param form the texts of its fields, as typed
/// @param backups the masters that can be its backup master
/// @param older address of older decisions
/// @param told what was refused
@CheckedTemplate(basePath = "whatsapp")
record FailoverPage(
        PageFrame shell,
        SenderView master,
        Now now,
        Picture picture,
        Optional<Plan> drill,
        Map<String, String> form,
        FieldErrors errors,
        List<Choice> backups,
        List<Entry> decisions,
        Optional<String> older,
        String here,
        Optional<String> told)
        implements TemplateInstance {

    /// The pool beside the one that stands in for it, or would.
    ///
    /// @param way how messages get from one to the other
    record Picture(Side pool, Optional<Side> other, String way) {}

    /// @param works its numbers that are linked
    /// @param state what it does now
    record Side(String id, String name, String works, String state, String tone) {}

    /// The state of the pool.
    ///
    /// @param outlook what would happen if the pool failed now
    /// @param standIn the pool that stands in
    /// @param standsInFor names of the pools that this one stands in for
    record Now(
            String word,
            String tone,
            String outlook,
            Optional<PoolName> standIn,
            String since,
            String sinceMachine,
            String waiting,
            Optional<Proposal> proposal,
            boolean failsBack,
            List<String> standsInFor) {

        public boolean isFailedOver() {
            return standIn.isPresent();
        }

        public String standsInForText() {
            return String.join(", ", standsInFor);
        }
    }

    record PoolName(String id, String name) {}

    /// A failover that waits for approval.
    record Proposal(String id, String standIn, String trigger, String moved) {}

    /// A decision in detail, or the plan of a drill.
    record Plan(
            String title,
            String tone,
            String trigger,
            String by,
            String time,
            String full,
            String machine,
            List<String> seen,
            List<String> rules,
            Optional<String> chosen,
            List<Other> rejected,
            String moved,
            String took) {

        /// Returns whether there is more to say than what was decided.
        public boolean isExplained() {
            return !seen.isEmpty() || !rules.isEmpty() || !rejected.isEmpty();
        }
    }

    /// A decision of the timeline.
    record Entry(String id, Plan plan) {}

    /// Another pool, and why it was not chosen.
    record Other(String name, String why) {}
}
