package dev.banyan.whatsapp.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Person;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.Pace;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.PoolsVisitor;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderOverrides;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.Strategy;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The page of one sender, the settings of its pool, and the pool's messages.
@QuarkusTest
class SenderPageTest {

    @Inject
    TestWorld world;

    @Inject
    Pools pools;

    @Inject
    Clock clock; // other tests move it

    private PoolsVisitor acme;
    private AccountId tenant;
    private String master;
    private String servant;

    @BeforeEach
    void aPool() {
        Person person = world.acme();
        acme = PoolsVisitor.of(person);
        tenant = person.account();
        master = acme.addMaster("Amira Nasser", "+971500000101");
        servant = acme.addServant(master, "Sales Team", "+971500000102", "sales");
    }

    @Test
    void aSenderSaysHowItStands() {
        acme.link(servant);

        assertThat(acme.get(page()))
                .contains("Simulator, connected since")
                .contains("1 response")
                .contains("0, no limit")
                .contains("No messages in the last 24 hours")
                .doesNotContain("class=\"plot")
                .contains("Log out…")
                .containsPattern("<b>Linked</b>");
        assertThat(acme.get(page() + "?period=month")).contains("No messages in the last 30 days");
        assertThat(acme.answer("/admin/pools/senders/nobody").status()).isEqualTo(404);
        assertThat(PoolsVisitor.of(world.rival()).answer(page()).status()).isEqualTo(404);
    }

    @Test
    void whatIsTypedIsSavedOrRefusedAtItsField() {
        Answer saved = acme.post(
                page(),
                "displayName",
                "Night Desk",
                "purpose",
                "support",
                "tags",
                "Gold, night-shift",
                "region",
                "ae",
                "weight",
                "3",
                "priority",
                "7",
                "perMinute",
                "30",
                "perDay",
                "",
                "warmsUp",
                "true");
        assertThat(saved.location()).endsWith("done=sender-saved");
        Sender sender = sender(servant);
        assertThat(sender.displayName()).isEqualTo("Night Desk");
        assertThat(sender.traits())
                .isEqualTo(new SenderOverrides(
                        java.util.List.of("gold", "night-shift"),
                        Optional.of("AE"),
                        3,
                        7,
                        new Pace(Optional.of(30), Optional.empty(), Optional.of(true))));

        Answer refused = acme.post(page(), "displayName", "", "weight", "many", "priority", "7");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("Enter a whole number").contains("value=\"many\"");
        Answer tooHeavy = acme.post(page(), "displayName", "X", "weight", "101", "priority", "7");
        assertThat(tooHeavy.status()).isEqualTo(422);
        assertThat(tooHeavy.text()).contains("weight must be between 1 and 100");
    }

    @Test
    void faultsHappenAndTheImpossibleIsSaid() {
        assertThat(acme.post(page() + "/simulate", "fault", "drop").status())
                .as("not linked")
                .isEqualTo(422);
        acme.link(servant);

        assertThat(acme.post(page() + "/simulate", "fault", "restrict").location())
                .endsWith("done=fault-done");
        Eventually.until(() -> sender(servant).state(), SenderState.RESTRICTED::equals);
        assertThat(acme.get(page())).contains("Restricted");
        assertThat(acme.post(page() + "/simulate", "fault", "dance").status()).isEqualTo(422);
    }

    @Test
    void aSenderIsLoggedOut() {
        acme.link(servant);

        assertThat(acme.post(page() + "/unlink").status()).isEqualTo(303);

        assertThat(sender(servant).state()).isEqualTo(SenderState.UNLINKED);
    }

    @Test
    void aPoolIsTuned() {
        String settings = "/admin/pools/" + master + "/settings";
        Answer saved = acme.post(
                settings,
                "strategy",
                "weighted",
                "perMinute",
                "60",
                "perDay",
                "",
                "warmsUp",
                "true",
                "pairSeconds",
                "6",
                "pairBurst",
                "45",
                "quietFrom",
                "22:00",
                "quietUntil",
                "07:30",
                "zone",
                "Asia/Dubai",
                "uncertain",
                "resend",
                "mostWaiting",
                "500");
        assertThat(saved.location()).endsWith("done=pool-saved");
        PoolSettings now = pools.settings(tenant, new SenderId(master));
        assertThat(now.strategy()).isEqualTo(Strategy.WEIGHTED);
        assertThat(now.quiet().orElseThrow().from()).hasToString("22:00");
        assertThat(now.zone().getId()).isEqualTo("Asia/Dubai");
        assertThat(now.mostWaiting()).isEqualTo(500);
        assertThat(now.pair().orElseThrow().burst()).isEqualTo(45);
        assertThat(acme.get(settings)).contains("value=\"22:00\"").contains("value=\"Asia/Dubai\"");

        Answer refused =
                acme.post(settings, "strategy", "weighted", "uncertain", "ask", "zone", "Mars", "mostWaiting", "0");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("Enter a time zone");
        assertThat(acme.answer("/admin/pools/" + servant + "/settings").status())
                .as("a servant has no pool")
                .isEqualTo(404);
    }

    @Test
    void allServantsMoveAtOnce() {
        String other = acme.addMaster("Omar Haddad", "");
        assertThat(acme.post("/admin/pools/" + master + "/servants/move", "newMasterId", "")
                        .status())
                .isEqualTo(422);

        acme.post("/admin/pools/" + master + "/servants/move", "newMasterId", other);

        assertThat(sender(servant).masterId()).contains(new SenderId(other));
    }

    @Test
    void aMessageByHandIsSentAndSaysWhy() {
        acme.link(master);
        String messages = "/admin/pools/" + master + "/messages";
        assertThat(acme.get(messages)).contains("No messages sent yet");
        assertThat(acme.post(messages, "to", "12", "text", "Hello").text()).contains("Use the international form");

        assertThat(acme.post(messages, "to", "+971500000901", "text", "Hello <you>")
                        .location())
                .endsWith("done=message-ordered");

        assertThat(Eventually.until(
                        () -> acme.get(messages),
                        page -> page.contains("state info\">Sent<") || page.contains("state good\">Delivered<")))
                .contains("Hello &lt;you&gt;")
                .contains("<bdi>Amira Nasser</bdi>")
                .containsPattern(
                        "popovertarget=\"(why-[^\"]+)\" interestfor=\"\\1\"[^>]*aria-label=\"About this message\"");
        LocalDateTime later = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                .plusDays(34)
                .atTime(9, 0);
        assertThat(acme.post(
                                messages,
                                "to",
                                "+971500000903",
                                "text",
                                "Tomorrow",
                                "sendAt",
                                later.toString(),
                                "zone",
                                "Asia/Dubai")
                        .location())
                .endsWith("done=message-ordered");
        assertThat(acme.get(messages))
                .contains(
                        "Scheduled for " + Words.moment(later.toInstant(ZoneOffset.ofHours(4)), ZoneOffset.UTC) + ".");
        world.sql(
                "UPDATE outgoing_messages SET created_at = 1 WHERE send_at IS NOT NULL AND tenant_id = ?",
                tenant.toString());
        assertThat(acme.get(messages)).containsPattern("(?s)Hello &lt;you&gt;.*Tomorrow");
        assertThat(acme.get(messages + "?state=failed")).contains("No messages found");
        assertThat(acme.get(messages + "?text=hello")).contains("+971500000901");
        assertThat(acme.get("/admin/pools/senders/" + master)).contains("+971500000901");
        assertThat(acme.get(messages + "?box=in")).contains("No messages received yet");
        assertThat(acme.post(
                                "/admin/pools/" + master + "/customers/messages",
                                "phone",
                                "+971500000902",
                                "name",
                                "Zoe",
                                "text",
                                "Is it open?")
                        .status())
                .isEqualTo(303);
        assertThat(Eventually.until(() -> acme.get(messages + "?box=in"), page -> page.contains("Is it open?")))
                .contains("+971500000902");
    }

    private String page() {
        return "/admin/pools/senders/" + servant;
    }

    private Sender sender(String id) {
        return pools.sender(tenant, new SenderId(id)).orElseThrow();
    }
}
