package dev.banyan.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClock;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.platform.Owner;
import dev.banyan.platform.cluster.News;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.db.Tx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Two servers of a cluster: a program is connected to one, and events happen on the other.
@OnEveryDatabase
class ListenersTest {

    /// A program that may hear all but one type.
    private static final class Program implements Listeners.Listener {

        private final Queue<String> heard = new ConcurrentLinkedQueue<>();

        @Override
        public boolean hears(Tx tx, String type) {
            return !type.equals("message.sent");
        }

        @Override
        public void tell(Listeners.Told event) {
            heard.add(event.id());
        }
    }

    private final Database database;
    private final TestClock clock = new TestClock();
    private final List<News> sent = new CopyOnWriteArrayList<>();
    private final Listeners there;
    private final Listeners here;
    private final Owner owner;

    ListenersTest(Database database) {
        this.database = database;
        this.owner = StoredAccounts.agency(database).owner();
        this.there = new Listeners(OtherNodes.NONE, database, clock);
        this.here = new Listeners(tellingThere(), database, clock);
    }

    @AfterEach
    void stop() {
        List.of(here, there).forEach(one -> one.stop(new io.quarkus.runtime.ShutdownEvent()));
    }

    /// What one server tells arrives at the other, as over the bus.
    private OtherNodes tellingThere() {
        return new OtherNodes() {
            @Override
            public boolean isCompleteSince(long since) {
                return true;
            }

            @Override
            public void tell(News news) {
                sent.add(news);
                if (news instanceof Listeners.ToldElsewhere told) {
                    there.told(told);
                }
            }
        };
    }

    private void happens(String id, String type) {
        database.write(tx -> {
            here.tell(tx, owner.tenant(), new Listeners.Told(id, type, "{}"));
            return id;
        });
    }

    @Test
    void aProgramHearsWhatHappensOnAnotherServer() {
        var program = new Program();
        Runnable end = there.add(owner.tenant(), program);
        assertThat(here.areThere(owner.tenant())).isFalse();
        here.listens(new Listeners.ProgramListens(owner.tenant()));
        assertThat(here.areThere(owner.tenant())).isTrue();

        happens("msg_1", "page.created");
        happens("msg_2", "message.sent");
        happens("msg_3", "page.updated");
        Eventually.until(() -> List.copyOf(program.heard), heard -> heard.equals(List.of("msg_1", "msg_3")));

        end.run();
        happens("msg_4", "page.updated");
        clock.forward(Listeners.BELIEVED_FOR);
        assertThat(here.areThere(owner.tenant())).as("no longer said").isFalse();
        int before = sent.size();
        happens("msg_5", "page.updated");
        assertThat(sent).as("nothing goes to other servers").hasSize(before);
        assertThat(program.heard).hasSize(2);
    }

    @Test
    void aServerSaysWhoIsConnectedToItAsLongAsTheyAre() {
        Runnable end = here.add(owner.tenant(), new Program());
        here.renew();
        assertThat(sent)
                .containsExactly(
                        new Listeners.ProgramListens(owner.tenant()), new Listeners.ProgramListens(owner.tenant()));

        end.run();
        here.renew();
        assertThat(sent).hasSize(2);
    }

    @Test
    void whatIsRolledBackIsNotHeard() {
        var program = new Program();
        here.add(owner.tenant(), program);
        database.write(tx -> {
            here.tell(tx, owner.tenant(), new Listeners.Told("msg_1", "page.created", "{}"));
            return tx.undone(owner);
        });
        assertThat(program.heard).isEmpty();
    }
}
