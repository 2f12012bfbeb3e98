package dev.banyan.whatsapp.board;

import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.whatsapp.Fault;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/**
 * One sender: how it does, what it did, why it was chosen, what may be changed.
 *
 * @param here the page's own address
 * @param older where older events are
 * @param told what came of something that was tried in the simulation
 */
@CheckedTemplate(basePath = "whatsapp")
record SenderPage(
        PageFrame shell,
        SenderView sender,
        Standing standing,
        ActivityChart chart,
        List<Choice> periods,
        Form form,
        FieldErrors errors,
        List<Fault> faults,
        List<BoardView.EventView> events,
        Optional<String> older,
        List<Decision> decisions,
        String here,
        Optional<Told> told)
        implements TemplateInstance {

    /**
     * How it stands.
     *
     * @param proof when it last proved that it lives
     * @param today what it has sent, and may send
     * @param limit what it may send today; empty without limit
     */
    record Standing(
            boolean master,
            boolean simulated,
            boolean linked,
            boolean healthy,
            boolean others,
            Optional<PoolName> pool,
            String driver,
            String proof,
            String backlog,
            String rate,
            String today,
            long sentToday,
            Optional<Integer> limit,
            Optional<String> device,
            String added) {}

    record PoolName(String id, String name) {}

    /** What can be changed; numbers as they are typed. */
    record Form(
            String displayName,
            String purpose,
            String tags,
            String region,
            String weight,
            String priority,
            String perMinute,
            String perDay,
            String warmsUp) {}

    /** A message, and why this number was chosen for it. */
    record Decision(String time, String full, String machine, String to, String state, String tone, String reason) {}

    record Told(String title, String text, boolean bad) {}
}
