package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import dev.banyan.TestWorld;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Membership;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.OnBehalf;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.NotBySupport;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.messages.MessageDraft;
import dev.banyan.whatsapp.messages.Outgoing;
import dev.banyan.whatsapp.numbers.BulkSenders;
import dev.banyan.whatsapp.numbers.Place;
import dev.banyan.whatsapp.numbers.Senders;
import dev.banyan.whatsapp.session.Linking;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.number.MessageRequest;
import dev.banyan.workspaces.number.NumberSending;
import dev.banyan.workspaces.number.PickedNumber.NumberSelector;
import dev.banyan.workspaces.users.WorkspaceUsers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An operator who helps an account makes numbers, sends messages and adds users by some way that no one has closed: a
/// new route, a batch, a command of the console. The acts refuse by themselves, whatever leads to them.
@QuarkusTest
class SendingInTheOwnersNameAsSupportTest {

    private static final AtomicInteger NUMBER = new AtomicInteger(860);

    @Inject
    TestWorld world;

    @Inject
    Database database;

    @Inject
    Senders senders;

    @Inject
    BulkSenders bulk;

    @Inject
    Linking linking;

    @Inject
    Outgoing outgoing;

    @Inject
    NumberSending messages;

    @Inject
    WorkspaceUsers users;

    private AccountId tenant = AccountId.SERVER;
    private AccountContext support;
    private Actor operator = Actor.SERVER;
    private Sender master;

    @BeforeEach
    void anAccountWithANumber() {
        AccountContext owner = world.context(world.acme());
        tenant = owner.root().id();
        operator = new Actor(
                Optional.of(owner.identity()), "192.0.2.1", Optional.of(new OnBehalf(UUID.randomUUID(), tenant)));
        support = new AccountContext(operator, owner.identity(), owner.root(), owner.acting(), Membership.SUPPORT);
        master = switch (senders.addMaster(tenant, owner.actor(), number())) {
            case Senders.Added.Done(Sender added) -> added;
            case Senders.Added other -> throw new AssertionError(other);
        };
    }

    private static String phone() {
        return "+971500000" + NUMBER.incrementAndGet();
    }

    private static Senders.NewMaster number() {
        String phone = phone();
        return new Senders.NewMaster(Optional.empty(), "Desk " + phone, Optional.of(phone), MasterType.PRIMARY);
    }

    private long rows(String table) {
        return world.count("SELECT count(*) FROM " + table);
    }

    private void refused(String table, ThrowingCallable act) {
        long before = rows(table);
        assertThatThrownBy(act).isInstanceOf(NotBySupport.class);
        assertThat(rows(table)).isEqualTo(before);
    }

    @Test
    void noNumberIsMade() {
        refused("senders", () -> senders.addMaster(tenant, operator, number()));
        refused(
                "senders",
                () -> senders.addServant(
                        tenant,
                        operator,
                        new Senders.NewServant(master.id(), phone(), "Two", Optional.empty(), Place.SIMULATED)));
        assertThatThrownBy(() -> linking.link(tenant, operator, master.id())).isInstanceOf(NotBySupport.class);
    }

    @Test
    void noNumberIsMadeInABatch() {
        var row = new BulkSenders.Row(1, master.id().value(), phone(), "Three", "", "", "", "", "");
        refused(
                "senders",
                () -> bulk.run(tenant, operator, new BulkSenders.Bulk.Add(List.of(row)), false, _ -> {
                    // nothing follows it
                }));
    }

    @Test
    void nothingIsSent() {
        var order = new Outgoing.Order(master.id(), new Phone(phone()), "Hello", Optional.empty(), "support-1");
        refused("outgoing_messages", () -> database.write(tx -> outgoing.order(tx, tenant, operator, order)));
        var draft = new MessageDraft(
                Optional.empty(),
                "Hello",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var request = new MessageRequest(phone(), draft, "support-2", Optional.empty(), Optional.empty());
        var which = new NumberSelector(Optional.empty(), Optional.of(master.id().value()));
        refused("outgoing_messages", () -> messages.send(support, Optional.empty(), which, request));
        refused("outgoing_messages", () -> messages.sendAll(support, Optional.empty(), which, List.of(request)));
    }

    @Test
    void workspacesAreOnlyLookedAt() {
        var side = new WorkspaceActor.ProjectSide(support);
        var wanted = new WorkspaceUsers.NewUser("helper", "helper@example.com", TestWorld.PASSWORD, WorkspaceRole.USER);
        refused(
                "sub_client_users",
                () -> users.add(side, world.sales().project(), world.sales().id(), wanted));
        assertThat(users.list(side, world.sales().project(), world.sales().id(), Optional.empty(), 5)
                        .orElseThrow(refusal -> new AssertionError(refusal))
                        .items())
                .isNotNull();
    }
}
