package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.TimeText;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.access.SenderName;
import dev.banyan.whatsapp.access.SenderView;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The page of one sender: status, activity, recent choices, and settings.
///
/// @param ofPool whether the chart is of all numbers of a master's pool
/// @param here the address of the page
/// @param form the texts of its settings, as typed
/// @param older address of older events
/// @param failover what is unusual about the pool of a master
/// @param told the result of an action in the simulation
@CheckedTemplate(basePath = "whatsapp")
record SenderPage(
        PageFrame shell,
        SenderView sender,
        Status standing,
        ActivityChart chart,
        boolean ofPool,
        List<Choice> periods,
        Map<String, String> form,
        FieldErrors errors,
        ProxyOptions proxy,
        List<Fault> faults,
        List<EventView> events,
        Optional<String> older,
        List<Decision> decisions,
        String here,
        Optional<FailoverNotice> failover,
        Optional<Notice> told)
        implements TemplateInstance {

    /// The current status.
    ///
    /// @param movable whether there is another connection to move it to
    /// @param proof when it last responded
    /// @param today messages sent today, and how many it may send
    /// @param limit how many messages it may send today; empty for no limit
    /// @param quality what WhatsApp thinks of it; empty if it is not rated
    /// @param messagingLimit how many chats it may begin in 24 hours, and how many it has; may be empty
    record Status(
            boolean master,
            boolean simulated,
            boolean linked,
            boolean healthy,
            boolean paused,
            boolean others,
            boolean movable,
            Optional<SenderName> pool,
            String driver,
            String proof,
            String backlog,
            String rate,
            String today,
            long sentToday,
            Optional<Integer> limit,
            Optional<String> device,
            String quality,
            String messagingLimit,
            TimeText added) {}

    /// @param hindrance why it can use none
    /// @param current the name of the one that it has; empty for none
    /// @param chosen the value of the selected option
    record ProxyOptions(Optional<String> hindrance, String current, String chosen, List<Choice> choices) {

        /// Returns whether there is something to choose.
        public boolean shown() {
            return hindrance.isEmpty() || !current.isEmpty();
        }
    }

    /// A message, and why this number was chosen for it.
    record Decision(String time, String full, String machine, String to, String state, String tone, String reason) {}

    /// What is unusual about the pool of a master.
    record FailoverNotice(String tone, String title, String text) {}

    record Notice(String title, String text, boolean bad) {}
}
