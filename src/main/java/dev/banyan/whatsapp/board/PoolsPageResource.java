package dev.banyan.whatsapp.board;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.registry.Senders;
import dev.banyan.whatsapp.registry.Senders.Added;
import dev.banyan.whatsapp.registry.Senders.Moved;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Adds and moves senders, in dialogs of the board.
@Path("/admin/pools")
@RunOnVirtualThread
class PoolsPageResource {

    private final PoolPages rooms;
    private final Pools pools;
    private final Senders senders;
    private final Liveness liveness;
    private final PageFrames shells;
    private final Idempotency idempotency;
    private final Uuids uuids;
    private final Clock clock;

    PoolsPageResource(
            PoolPages rooms,
            Pools pools,
            Senders senders,
            Liveness liveness,
            PageFrames shells,
            Idempotency idempotency,
            Uuids uuids,
            Clock clock) {
        this.rooms = rooms;
        this.pools = pools;
        this.senders = senders;
        this.liveness = liveness;
        this.shells = shells;
        this.idempotency = idempotency;
        this.uuids = uuids;
        this.clock = clock;
    }

    private SenderView view(Sender sender) {
        return SenderView.of(sender, liveness.isHealthy(sender), clock.instant());
    }

    @GET
    @Path("masters/new")
    public Response masterForm(@Context Call call) {
        return rooms.act(call, "", context -> Html.ok(form(call, context, Optional.empty(), newKey())));
    }

    @POST
    @Path("masters")
    public Response addMaster(
            @Context Call call,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("displayName") @DefaultValue("") String displayName,
            @FormParam("phone") @DefaultValue("") String phone,
            @FormParam("backup") @DefaultValue("") String backup,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        var values = new AddSenderPage.Values(displayName, phone, "", backup.equals("true"));
        var wanted = new Senders.NewMaster(
                Optional.empty(),
                displayName,
                Optional.of(phone).filter(typed -> !typed.isBlank()),
                values.backup() ? MasterType.BACKUP : MasterType.PRIMARY,
                DriverKind.SIMULATOR);
        return rooms.act(
                call,
                as,
                context -> once(
                        call,
                        context,
                        key,
                        values,
                        () -> answer(
                                call,
                                context,
                                Optional.empty(),
                                values,
                                key,
                                senders.addMaster(context.root().id(), context.actor(), wanted))));
    }

    @GET
    @Path("{masterId}/servants/new")
    public Response servantForm(@Context Call call, @PathParam("masterId") String masterId) {
        return rooms.act(
                call,
                "",
                context -> master(context, masterId)
                        .map(master -> Html.ok(form(call, context, Optional.of(master), newKey())))
                        .orElseGet(() -> rooms.unknown(call)));
    }

    @POST
    @Path("{masterId}/servants")
    public Response addServant(
            @Context Call call,
            @PathParam("masterId") String masterId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("displayName") @DefaultValue("") String displayName,
            @FormParam("phone") @DefaultValue("") String phone,
            @FormParam("purpose") @DefaultValue("") String purpose,
            @FormParam("idempotencyKey") @DefaultValue("") String key) {
        var values = new AddSenderPage.Values(displayName, phone, purpose, false);
        return rooms.act(
                call,
                as,
                context -> master(context, masterId)
                        .map(master -> once(
                                call,
                                context,
                                key,
                                List.of(masterId, values),
                                () -> answer(
                                        call,
                                        context,
                                        Optional.of(master),
                                        values,
                                        key,
                                        senders.addServant(
                                                context.root().id(),
                                                context.actor(),
                                                new Senders.NewServant(
                                                        master.id(),
                                                        phone,
                                                        displayName,
                                                        Optional.of(purpose),
                                                        DriverKind.SIMULATOR)))))
                        .orElseGet(() -> rooms.unknown(call)));
    }

    private Response once(
            Call call, AccountContext context, String key, Object values, java.util.function.Supplier<Response> work) {
        return idempotency.onceForForm(call, context.root().id(), key, values, work);
    }

    private Response answer(
            Call call,
            AccountContext context,
            Optional<Sender> master,
            AddSenderPage.Values values,
            String key,
            Added added) {
        return switch (added) {
            case Added.Done done ->
                Html.seeOther(
                        call,
                        PoolPages.linkPath(context, done.sender().id()) + "&done="
                                + (master.isPresent() ? "servant-added" : "master-added"));
            case Added.MasterNotFound _ -> rooms.unknown(call);
            case Added.PhoneInUse used ->
                again(
                        call,
                        context,
                        master,
                        values,
                        key,
                        new FieldErrors(Map.of(
                                "phoneNumber",
                                "Phone number already in use: it is “"
                                        + used.by().displayName() + "”. Each phone must be unique.")));
            case Added.IdTaken _ -> throw new IllegalStateException("No id was chosen, so none can be taken");
            case Added.Rejected rejected ->
                again(call, context, master, values, key, FieldErrors.from(rejected.invalid()));
        };
    }

    private Response again(
            Call call,
            AccountContext context,
            Optional<Sender> master,
            AddSenderPage.Values values,
            String key,
            FieldErrors errors) {
        return Html.invalid(form(call, context, master, values, errors, Optional.empty(), key));
    }

    private AddSenderPage form(Call call, AccountContext context, Optional<Sender> master, String key) {
        return form(call, context, master, AddSenderPage.Values.EMPTY, FieldErrors.NONE, Optional.empty(), key);
    }

    private AddSenderPage form(
            Call call,
            AccountContext context,
            Optional<Sender> master,
            AddSenderPage.Values values,
            FieldErrors errors,
            Optional<FormProblem> problem,
            String key) {
        return new AddSenderPage(
                shells.of(call, context, NavItem.POOLS, master.isPresent() ? "Add servant" : "Add master"),
                master.map(found -> new AddSenderPage.Master(found.id().value(), found.displayName())),
                master.map(found -> "/admin/pools/" + found.id() + "/servants").orElse("/admin/pools/masters"),
                values,
                errors,
                problem,
                key,
                call.isHtmx());
    }

    private String newKey() {
        return uuids.next().toString();
    }

    @GET
    @Path("{senderId}/move")
    public Response moveForm(@Context Call call, @PathParam("senderId") String senderId) {
        return rooms.act(call, "", context -> moveForm(call, context, senderId, false));
    }

    @POST
    @Path("{senderId}/move")
    public Response move(
            @Context Call call,
            @PathParam("senderId") String senderId,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("newMasterId") @DefaultValue("") String newMasterId) {
        return rooms.act(call, as, context -> {
            Optional<SenderId> servant = SenderId.parse(senderId);
            Optional<SenderId> master = SenderId.parse(newMasterId);
            if (servant.isEmpty()) {
                return rooms.unknown(call);
            }
            if (master.isEmpty()) {
                return moveForm(call, context, senderId, true);
            }
            return switch (senders.changeMaster(context.root().id(), context.actor(), servant.get(), master.get())) {
                case Moved.Done _ -> Html.seeOther(call, PoolPages.boardPath(context, "servant-moved", senderId));
                case Moved.ServantNotFound _ -> rooms.unknown(call);
                case Moved.MasterNotFound _ -> moveForm(call, context, senderId, true);
            };
        });
    }

    private Response moveForm(Call call, AccountContext context, String senderId, boolean refused) {
        Pools.Overview overview = pools.overview(context.root().id());
        Optional<Sender> servant = PoolPages.find(overview, senderId).filter(sender -> !sender.isMaster());
        return servant.map(sender -> Html.answer(
                        refused ? 422 : 200,
                        new MoveServantPage(
                                shells.of(call, context, NavItem.POOLS, "Move servant"),
                                view(sender),
                                nameOfMaster(overview, sender),
                                PoolPages.otherMasters(
                                        overview, sender.masterId().orElseThrow()),
                                refused,
                                call.isHtmx())))
                .orElseGet(() -> rooms.unknown(call));
    }

    private Optional<Sender> master(AccountContext context, String id) {
        return SenderId.parse(id)
                .flatMap(known -> pools.sender(context.root().id(), known))
                .filter(Sender::isMaster);
    }

    private static String nameOfMaster(Pools.Overview overview, Sender servant) {
        return overview.pools().stream()
                .map(Pool::master)
                .filter(master -> servant.masterId().equals(Optional.of(master.id())))
                .map(Sender::displayName)
                .findFirst()
                .orElse("");
    }
}
