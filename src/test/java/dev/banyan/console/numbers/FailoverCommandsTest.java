package dev.banyan.console.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.TestWorld;
import dev.banyan.console.Frame;
import dev.banyan.console.RecordedScreen;
import dev.banyan.console.session.Commands;
import dev.banyan.platform.audit.Actor;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.numbers.Senders;
import dev.banyan.whatsapp.numbers.Senders.Added;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A drill and a failover typed in the console.
@QuarkusTest
class FailoverCommandsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    TestWorld world;

    @Inject
    Commands commands;

    @Inject
    Senders senders;

    private String amira = "";
    private String omar = "";

    @BeforeEach
    void twoPools() {
        String tenant = world.acme().account().toString();
        world.sql("DELETE FROM senders WHERE role = 'servant' AND tenant_id = ?", tenant);
        world.sql("DELETE FROM senders WHERE tenant_id = ?", tenant);
        world.sql("DELETE FROM pool_states WHERE tenant_id = ?", tenant);
        amira = master("amira", "Amira Nasser", "+971500000801");
        omar = master("omar", "Omar Haddad", "+971500000802");
        run("add-secondary " + amira + " +971500000803 'Night desk'", 0);
        for (String id : List.of(amira, omar)) {
            run("relink " + phone(id), 0);
            run("simulate scan " + id, 0);
        }
    }

    private String phone(String id) {
        return id.equals(amira) ? "+971500000801" : "+971500000802";
    }

    private String master(String stem, String name, String phone) {
        Added added = senders.addMaster(
                world.acme().account(),
                Actor.SERVER,
                new Senders.NewMaster(Optional.of(world.name(stem)), name, Optional.of(phone), MasterType.PRIMARY));
        return ((Added.Done) added).sender().id().value();
    }

    private String run(String line, int code) {
        var screen = new RecordedScreen();
        var result = commands.run(line, Optional.of(world.acme().username()), false, "", screen);
        assertThat(result.code()).as(screen.text()).isEqualTo(code);
        return screen.text();
    }

    private JsonNode json(String line) throws IOException {
        return JSON.readTree(run(line + " --json", 0));
    }

    @Test
    void aDrillAndAFailoverAreTyped() throws IOException {
        assertThat(run("failover status", 0))
                .contains("1. Amira Nasser (" + amira + ") - normal [same-brand-only]", "2. Omar Haddad");
        assertThat(run("failover drill " + amira, 0))
                .startsWith("🧪 DRILL: what if Amira Nasser failed now? Nothing was changed.")
                .contains("If this pool failed now, Omar Haddad would take over after 15 seconds: 1 servant");
        assertThat(run("failover log " + amira, 0)).endsWith("(none)");

        assertThat(run("failover start " + amira + " --to " + omar, 0))
                .isEqualTo(
                        "✅ Omar Haddad now stands in for Amira Nasser\n→ Moved: 1 servant, 0 contacts and 0 messages");
        assertThat(run("failover start " + amira, 1)).isEqualTo("❌ Another pool already stands in for this one.");
        assertThat(run("failover status " + amira, 0)).contains("State: failed over to Omar Haddad since ");
        assertThat(json("failover status " + amira).path("on").asText()).isEqualTo(omar);
        assertThat(json("failover status").at("/pools/0/state").asText()).isEqualTo("failed-over");

        assertThat(run("failover back 'Amira Nasser'", 0)).startsWith("✅ Amira Nasser works for itself again");
        assertThat(run("failover back " + amira, 1)).isEqualTo("❌ No other pool stands in for this one.");
        assertThat(run("failover log " + amira + " 1", 0))
                .contains("failback done")
                .doesNotContain("failover done");
        JsonNode log = json("failover log " + amira);
        assertThat(log.path("decisions").size()).isEqualTo(2);
        assertThat(log.at("/decisions/1/chosen").asText()).isEqualTo(omar);
        assertThat(log.at("/decisions/1/by").asText()).isEqualTo("console");
    }

    @Test
    void settingsAreShownAndChanged() throws IOException {
        assertThat(run(
                        "failover set " + amira + " policy=never-silent backup=" + omar + " fail-back=off spread=10"
                                + " check=2 failures=4 uncertain=resend",
                        0))
                .startsWith("✅ The failover of Amira Nasser was updated")
                .contains(
                        "Policy: never-silent (nothing moves until someone approves)",
                        "Backup Master: Omar Haddad",
                        "Fail-back: off",
                        "Uncertain Messages: resend",
                        "Spread: 10 min",
                        "💡 If this pool failed now, we’d ask you after 8 seconds whether Omar Haddad may take over");
        JsonNode shown = json("failover set " + amira + " backup=none");
        assertThat(shown.has("backupMaster")).isFalse();
        assertThat(shown.path("policy").asText()).isEqualTo("never-silent");
        assertThat(shown.at("/detection/checkSeconds").asInt()).isEqualTo(2);

        assertThat(run("failover set " + amira + " policy=maybe", 1))
                .isEqualTo("❌ policy must be auto, same-brand-only or never-silent");
        assertThat(run("failover set " + amira + " check=0", 1)).isEqualTo("❌ checkSeconds must be between 1 and 300");
        assertThat(run("failover set " + amira + " backup=nobody", 1)).isEqualTo("❌ Master account nobody not found");
        assertThat(run("failover set " + amira + " colour=red", 1)).contains("is not a setting");
        assertThat(run("failover approve x", 1)).isEqualTo("❌ Decision not found: x");
        assertThat(run("failover start " + amira + " " + omar, 1))
                .isEqualTo("⚠️  Usage: 'failover start <master-id> [--to <master-id>]'");
    }

    @Test
    void theBrandOfAPoolIsSet() {
        String brand = world.north().username();
        run("tune " + amira + " brand=" + brand, 0);
        assertThat(run("tune " + amira, 0)).endsWith("Brand: " + brand);
        assertThat(run("failover drill " + amira, 0)).contains("Not Omar Haddad: works for another brand");
        assertThat(run("tune " + amira + " brand=unheard-of", 1))
                .isEqualTo("❌ We don’t know this brand. Check the username.");
        run("tune " + amira + " brand=none", 0);
        assertThat(run("tune " + amira, 0)).endsWith("Brand: none");
    }

    @Test
    void tabCompletes() {
        assertThat(offered("failover "))
                .containsExactly("status", "set", "drill", "start", "back", "approve", "refuse", "log");
        assertThat(offered("failover drill " + amira.substring(0, 3))).contains(amira);
        assertThat(offered("failover set " + amira + " policy="))
                .containsExactly("policy=auto", "policy=same-brand-only", "policy=never-silent", "policy=");
        assertThat(offered("failover set " + amira + " backup=")).contains("backup=" + omar);
        assertThat(offered("failover start " + amira + " ")).containsExactly("--to");
        assertThat(run("help failover", 0)).contains("failover start", "Usage:");
    }

    private List<String> offered(String line) {
        return commands.suggest(line, Optional.of(world.acme().username())).stream()
                .map(Frame.Word::text)
                .toList();
    }
}
