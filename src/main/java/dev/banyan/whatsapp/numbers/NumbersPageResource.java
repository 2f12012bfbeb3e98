package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.Confirmation;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.access.PoolPages.PoolPage;
import dev.banyan.whatsapp.access.SenderName;
import dev.banyan.whatsapp.connections.Connections;
import dev.banyan.whatsapp.history.PoolFigures;
import dev.banyan.whatsapp.numbers.AddSenderPage.Values;
import dev.banyan.whatsapp.numbers.Senders.Added;
import dev.banyan.whatsapp.numbers.Senders.Moved;
import dev.banyan.whatsapp.numbers.Senders.Removed;
import dev.banyan.whatsapp.session.Linking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Adds, moves and removes senders, in dialogs of the board.
@Path("/admin/pools")
@RunOnVirtualThread
class NumbersPageResource {

    private final Pools pools;
    private final Senders senders;
    private final PoolFigures figures;
    private final Connections connections;
    private final Placing placing;
    private final Linking linking;
    private final Idempotency idempotency;
    private final Uuids uuids;

    NumbersPageResource(
            Pools pools,
            Senders senders,
            PoolFigures figures,
            Connections connections,
            Placing placing,
            Linking linking,
            Idempotency idempotency,
            Uuids uuids) {
        this.connections = connections;
        this.placing = placing;
        this.linking = linking;
        this.pools = pools;
        this.senders = senders;
        this.figures = figures;
        this.idempotency = idempotency;
        this.uuids = uuids;
    }

    /// The form that adds a sender.
    ///
    /// @param master of a new servant
    /// @param key makes sending the form twice safe
    private record Adding(Optional<Sender> master, Values values, String key) {

        String title() {
            return master.isPresent() ? "Add servant" : "Add master";
        }

        String action() {
            return master.map(found -> "/admin/pools/" + found.id() + "/servants")
                    .orElse("/admin/pools/masters");
        }
    }

    private Adding empty(PoolPage page, Optional<Sender> master) {
        String connection = page.query("connection").orElse("");
        String remote = page.query("remote").orElse("");
        return new Adding(
                master,
                new Values(page.query("name").orElse(remote), "", "", false, connection, remote),
                uuids.next().toString());
    }

    @GET
    @Path("masters/new")
    public Response masterForm(@Context PoolPage page) {
        return Html.ok(form(page, empty(page, Optional.empty()), FieldErrors.NONE));
    }

    @POST
    @Path("masters")
    public Response addMaster(
            @Context PoolPage page,
            @FormParam("displayName") @DefaultValue("") String displayName,
            @FormParam("phone") @DefaultValue("") String phone,
            @FormParam("backup") @DefaultValue("") String backup,
            @FormParam("connection") @DefaultValue("") String connection,
            @FormParam("remote") @DefaultValue("") String remote,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        var values = new Values(displayName, phone, "", backup.equals("true"), connection, remote);
        return add(
                page,
                new Adding(Optional.empty(), values, key),
                values,
                placed -> senders.addMaster(
                        page.tenant(),
                        page.actor(),
                        new Senders.NewMaster(
                                Optional.empty(),
                                displayName,
                                Optional.of(phone)
                                        .filter(typed -> !typed.isBlank())
                                        .or(() -> placed.phone().map(Phone::e164)),
                                values.backup() ? MasterType.BACKUP : MasterType.PRIMARY,
                                placed.place())));
    }

    @GET
    @Path("{masterId}/servants/new")
    public Response servantForm(@Context PoolPage page) {
        return Html.ok(form(page, empty(page, Optional.of(page.master())), FieldErrors.NONE));
    }

    @POST
    @Path("{masterId}/servants")
    public Response addServant(
            @Context PoolPage page,
            @FormParam("displayName") @DefaultValue("") String displayName,
            @FormParam("phone") @DefaultValue("") String phone,
            @FormParam("purpose") @DefaultValue("") String purpose,
            @FormParam("connection") @DefaultValue("") String connection,
            @FormParam("remote") @DefaultValue("") String remote,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        var values = new Values(displayName, phone, purpose, false, connection, remote);
        Sender master = page.master();
        return add(
                page,
                new Adding(Optional.of(master), values, key),
                List.of(master.id().value(), values),
                placed -> senders.addServant(
                        master.tenant(),
                        page.actor(),
                        new Senders.NewServant(
                                master.id(),
                                Optional.of(phone)
                                        .filter(typed -> !typed.isBlank())
                                        .or(() -> placed.phone().map(Phone::e164))
                                        .orElse(""),
                                displayName,
                                Optional.of(purpose),
                                placed.place())));
    }

    private Response add(PoolPage page, Adding adding, Object sent, Function<Placing.Placed, Added> work) {
        Values values = adding.values();
        return idempotency.onceForForm(
                page.call(),
                page.tenant(),
                adding.key(),
                sent,
                () -> placing.place(page.tenant(), Optional.of(values.connection()), Optional.of(values.remote()))
                        .fold(
                                placed -> added(page, adding, placed, work.apply(placed)),
                                refusal -> page.refused(
                                        refusal,
                                        invalid -> Html.invalid(form(page, adding, FieldErrors.from(invalid))))));
    }

    private Response added(PoolPage page, Adding adding, Placing.Placed placed, Added outcome) {
        if (outcome instanceof Added.Done(Sender sender) && placed.adopted()) {
            // There is nothing to scan: the gateway has linked it already.
            linking.link(sender.tenant(), page.actor(), sender.id());
        }
        return switch (outcome) {
            case Added.Done(Sender sender) ->
                Html.seeOther(
                        page.call(),
                        page.linkPath(sender) + "&done=" + (sender.isMaster() ? "master-added" : "servant-added"));
            case Added.MasterNotFound _ -> page.answer(PoolPage.notFound());
            case Added.PhoneInUse used ->
                Html.invalid(form(
                        page,
                        adding,
                        new FieldErrors(Map.of(
                                "phoneNumber",
                                "Phone number already in use by “" + used.by().shownName()
                                        + "”. Enter another number."))));
            case Added.IdTaken _ -> throw new IllegalStateException("No id was chosen, so none can be taken");
            case Added.Rejected rejected -> Html.invalid(form(page, adding, FieldErrors.from(rejected.invalid())));
        };
    }

    private AddSenderPage form(PoolPage page, Adding adding, FieldErrors errors) {
        return new AddSenderPage(
                page.frame(adding.title()),
                adding.master().map(SenderName::of),
                adding.action(),
                adding.values(),
                errors,
                adding.key(),
                page.isHtmx(),
                connections.list(page.tenant()).stream()
                        .map(listed -> new Choice(
                                listed.connection().id().toString(),
                                listed.connection().label()))
                        .toList());
    }

    @GET
    @Path("{senderId}/move")
    public Response moveForm(@Context PoolPage page) {
        return moveForm(page, page.servant(), false);
    }

    @POST
    @Path("{senderId}/move")
    public Response move(@Context PoolPage page, @FormParam("newMasterId") @DefaultValue("") String newMasterId) {
        Sender servant = page.servant();
        Optional<SenderId> master = SenderId.parse(newMasterId);
        if (master.isEmpty()) {
            return moveForm(page, servant, true);
        }
        return switch (senders.changeMaster(servant.tenant(), page.actor(), servant.id(), master.get())) {
            case Moved.Done done
            when done.isMoved() ->
                Html.seeOther(page.call(), page.path("") + "&done=servant-moved#sender-" + servant.id());
            case Moved.ServantNotFound _ -> throw PoolPage.notFound();
            case Moved.Done _, Moved.MasterNotFound _ -> moveForm(page, servant, true);
        };
    }

    private Response moveForm(PoolPage page, Sender servant, boolean refused) {
        SenderId master = servant.masterId().orElseThrow();
        return Html.answer(
                refused ? 422 : 200,
                new MoveServantPage(
                        page.frame(servant.shownName() + " – Move"),
                        page.view(servant),
                        pools.sender(servant.tenant(), master)
                                .map(Sender::shownName)
                                .orElse(""),
                        PoolPage.otherMasters(pools.overview(servant.tenant()), master),
                        refused,
                        page.isHtmx()));
    }

    @GET
    @Path("{senderId}/remove")
    public Response confirmRemove(@Context PoolPage page) {
        return removeForm(page, page.sender(), false);
    }

    @POST
    @Path("{senderId}/remove")
    public Response remove(@Context PoolPage page, @FormParam("newMasterId") @DefaultValue("") String newMasterId) {
        Sender sender = page.sender();
        AccountId tenant = sender.tenant();
        Removed removed = sender.isMaster()
                ? senders.removeMaster(tenant, page.actor(), sender.id(), SenderId.parse(newMasterId))
                : senders.removeServant(tenant, page.actor(), sender.id());
        return switch (removed) {
            case Removed.Done done
            when done.waiting() > 0 ->
                Html.seeOther(page.call(), page.messagesPath(sender) + "&state=queued&done=master-removed");
            case Removed.Done _ ->
                Html.seeOther(
                        page.call(),
                        page.path("") + "&done=" + (sender.isMaster() ? "master-removed" : "servant-removed"));
            case Removed.NotFound _ -> throw PoolPage.notFound();
            case Removed.HasServants has -> removeForm(page, has.master(), true);
            case Removed.MasterNotFound _ -> removeForm(page, sender, true);
        };
    }

    private Response removeForm(PoolPage page, Sender sender, boolean refused) {
        String kind = sender.isMaster() ? "master" : "servant";
        PageFrame shell = page.frame(sender.shownName() + " – Remove");
        String servants = Words.count(sender.servants(), "servant", "servants");
        List<Choice> others =
                sender.servants() > 0 ? PoolPage.otherMasters(pools.overview(sender.tenant()), sender.id()) : List.of();
        boolean stuck = sender.servants() > 0 && others.isEmpty();
        var confirm = Confirmation.asking(
                        "remove",
                        stuck ? "“<bdi>{}</bdi>” can’t be removed yet" : "Remove “<bdi>{}</bdi>”?",
                        sender.shownName())
                .keep("Cancel", PoolPage.BOARD + shell.query())
                .under("Numbers", PoolPage.BOARD);
        if (stuck) {
            confirm.sentence("{} would have no master.", servants)
                    .words("Add another master first, or remove its servants.");
        } else {
            confirm.sentence("This takes effect immediately and can’t be undone:")
                    .action("Remove " + kind, PoolPage.BOARD + "/" + sender.id() + "/remove");
            sender.phone()
                    .ifPresentOrElse(
                            phone -> confirm.fact("<code>{}</code> is logged out of Banyan", phone.e164()),
                            () -> confirm.fact("It was never linked, and is deleted"));
        }
        if (!others.isEmpty()) {
            confirm.fact("{} {} to the master you choose here", servants, sender.servants() == 1 ? "goes" : "go")
                    .select(new Confirmation.Select(
                            "newMasterId",
                            "New master for its servants",
                            "Choose a master…",
                            others,
                            "They stay linked.",
                            refused ? Optional.of("Choose a new master for its servants.") : Optional.empty()));
        }
        long waiting =
                sender.isMaster() ? figures.waiting(sender.tenant()).pool().getOrDefault(sender.id(), 0L) : 0;
        if (!stuck && waiting > 0) {
            String messages = Words.count(waiting, "waiting message", "waiting messages");
            if (others.isEmpty()) {
                confirm.fact("{} stay behind: cancel them, or they expire", messages);
            } else {
                confirm.fact("{} go to the master you choose here", messages);
            }
        }
        return Html.answer(refused ? 422 : 200, confirm.on(page.call(), shell, "Remove"));
    }
}
