package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.fields.Kind;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.UploadedFile;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.access.PoolPages.PoolPage;
import dev.banyan.whatsapp.connections.Connections;
import dev.banyan.whatsapp.numbers.BulkPage.Asked;
import dev.banyan.whatsapp.numbers.BulkPage.TrialResult;
import dev.banyan.whatsapp.numbers.BulkSenders.Bulk;
import dev.banyan.whatsapp.numbers.BulkSenders.Report;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jboss.resteasy.reactive.server.WithFormRead;
import org.jspecify.annotations.Nullable;

/// Bulk actions on senders: asks for the options, shows a preview, runs the action, and reports the result.
@Path("/admin/pools/bulk")
@RunOnVirtualThread
class BulkPageResource {

    private static final List<String> ACTS = List.of("tag", "move", "connect", "pause", "resume", "remove");
    private static final String ADD = "add";
    private static final int NAMES = 5;
    private static final int LINES = 50;

    private final Pools pools;
    private final Connections connections;
    private final BulkSenders senders;
    private final BulkMoves moves;
    private final BulkRuns runs;

    BulkPageResource(Pools pools, Connections connections, BulkSenders senders, BulkMoves moves, BulkRuns runs) {
        this.pools = pools;
        this.connections = connections;
        this.senders = senders;
        this.moves = moves;
        this.runs = runs;
    }

    /// The values typed into the form.
    private record Typed(
            String act,
            List<String> picked,
            String tags,
            String untag,
            String newMasterId,
            String csv,
            String mode,
            String connection) {

        static Typed of(String act, List<String> picked) {
            return new Typed(act, List.copyOf(picked), "", "", "", "", "hold", "");
        }
    }

    @GET
    @Path("add")
    public Response add(@Context PoolPage page) {
        return Html.ok(ask(page, Typed.of(ADD, List.of()), FieldErrors.NONE));
    }

    /// Asks what to do with the senders selected on the board.
    @POST
    public Response ask(
            @Context PoolPage page,
            @FormParam("act") @DefaultValue("") String act,
            @FormParam("sender") List<String> picked) {
        var typed = Typed.of(act, picked);
        return ACTS.contains(act) ? Html.ok(ask(page, typed, FieldErrors.NONE)) : noSuchAct(page, typed);
    }

    /// Shows a preview.
    @POST
    @Path("plan")
    public Response plan(
            @Context PoolPage page,
            @FormParam("act") @DefaultValue("") String act,
            @FormParam("sender") List<String> picked,
            @FormParam("tags") @DefaultValue("") String tags,
            @FormParam("untag") @DefaultValue("") String untag,
            @FormParam("newMasterId") @DefaultValue("") String newMasterId,
            @FormParam("mode") @DefaultValue("") String mode,
            @FormParam("connection") @DefaultValue("") String connection) {
        var typed = new Typed(act, List.copyOf(picked), tags, untag, newMasterId, "", mode, connection);
        return ACTS.contains(act) ? plan(page, typed) : noSuchAct(page, typed);
    }

    private Response noSuchAct(PoolPage page, Typed typed) {
        return again(page, Typed.of("tag", typed.picked()), "sender", "Choose an action on the board first.");
    }

    /// Shows a preview for a pasted list of new servants.
    @POST
    @Path("add")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response planPasted(@Context PoolPage page, @FormParam("csv") @DefaultValue("") String csv) {
        return planAdd(page, csv, csv.getBytes(StandardCharsets.UTF_8));
    }

    /// Shows a preview for an uploaded file, or for the pasted list if no file was chosen.
    @POST
    @Path("add")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response planAdd(
            @Context PoolPage page,
            @FormParam("csv") @DefaultValue("") String csv,
            @RestForm("file") @Nullable FileUpload file) {
        byte[] sent = UploadedFile.bytes(file, BulkSenders.LARGEST_LIST);
        return planAdd(page, csv, sent.length == 0 ? csv.getBytes(StandardCharsets.UTF_8) : sent);
    }

    private Response planAdd(PoolPage page, String csv, byte[] list) {
        var typed = new Typed(ADD, List.of(), "", "", "", csv, "", "");
        return BulkSenders.read(list)
                .fold(
                        rows -> rows.isEmpty()
                                ? again(page, typed, "csv", "Add at least one row.")
                                : planned(page, new Bulk.Add(rows)),
                        refusal -> page.refused(
                                refusal, invalid -> Html.invalid(ask(page, typed, FieldErrors.from(invalid)))));
    }

    private Response plan(PoolPage page, Typed typed) {
        List<SenderId> ids = ids(typed.picked());
        if (ids.isEmpty()) {
            return again(page, typed, "sender", "Select numbers on the board first.");
        }
        switch (typed.act()) {
            case "tag" -> {
                List<String> put = Kind.words(typed.tags());
                List<String> take = Kind.words(typed.untag());
                Optional<String> broken = Stream.of(put, take)
                        .flatMap(tags -> Tuning.brokenTags(tags).stream())
                        .map(invalid -> invalid.userMessage() + ".")
                        .findFirst();
                if (broken.isPresent() || put.isEmpty() && take.isEmpty()) {
                    return again(page, typed, "tags", broken.orElse("Enter at least one tag."));
                }
                return planned(page, new Bulk.Tag(ids, put, take));
            }
            case "move" -> {
                Optional<SenderId> master = SenderId.parse(typed.newMasterId());
                return master.map(to -> planned(page, new Bulk.Move(ids, to)))
                        .orElseGet(() -> again(page, typed, "newMasterId", "Choose a master."));
            }
            case "connect" -> {
                return moves.target(page.tenant(), typed.connection())
                        .fold(
                                target -> Html.ok(draw(
                                        page,
                                        runs.plan(
                                                page.tenant(),
                                                page.actor(),
                                                typed.act(),
                                                (actor, isDry, progress) ->
                                                        moves.run(actor, target, ids, isDry, progress)))),
                                refusal -> again(page, typed, "connection", words(refusal)));
            }
            case "pause" -> {
                return Pause.parse(typed.mode())
                        .map(how -> planned(page, new Bulk.Hold(ids, Optional.of(how))))
                        .orElseGet(() -> again(page, typed, "mode", "Choose how to pause."));
            }
            case "resume" -> {
                return planned(page, new Bulk.Hold(ids, Optional.empty()));
            }
            default -> {
                return planned(page, new Bulk.Remove(ids));
            }
        }
    }

    private static List<SenderId> ids(List<String> picked) {
        return picked.stream()
                .flatMap(id -> SenderId.parse(id).stream())
                .distinct()
                .toList();
    }

    private Response planned(PoolPage page, Bulk bulk) {
        AccountId tenant = page.tenant();
        return Html.ok(draw(
                page,
                runs.plan(
                        tenant,
                        page.actor(),
                        act(bulk),
                        (actor, isDry, progress) -> senders.run(tenant, actor, bulk, isDry, progress))));
    }

    private static String words(Refusal refusal) {
        return refusal instanceof Refusal.Rejected rejected ? rejected.first().userMessage() : "Choose a connection.";
    }

    private Response again(PoolPage page, Typed typed, String field, String error) {
        return Html.invalid(ask(page, typed, new FieldErrors(Map.of(field, error))));
    }

    private BulkPage ask(PoolPage page, Typed typed, FieldErrors errors) {
        AccountId tenant = page.tenant();
        List<String> names = pools
                .senders(tenant, ids(typed.picked()).stream().limit(NAMES).toList())
                .values()
                .stream()
                .map(Sender::shownName)
                .sorted()
                .toList();
        List<Choice> masters = typed.act().equals("move") || typed.act().equals(ADD)
                ? PoolPage.masters(pools.overview(tenant))
                : List.of();
        List<Choice> places = typed.act().equals("connect")
                ? connections.list(tenant).stream()
                        .map(Connections.Listed::connection)
                        .map(known -> new Choice(known.id().toString(), known.label()))
                        .toList()
                : List.of();
        var asked = new Asked(
                typed.picked(),
                names,
                masters,
                places,
                typed.tags(),
                typed.untag(),
                typed.newMasterId(),
                typed.csv(),
                typed.mode(),
                typed.connection(),
                errors);
        return new BulkPage(
                page.frame(title(typed.act())),
                typed.act(),
                title(typed.act()),
                Optional.of(asked),
                Optional.empty(),
                page.isHtmx());
    }

    private static String title(String act) {
        return switch (act) {
            case ADD -> "Import servants";
            case "tag" -> "Tag numbers";
            case "move" -> "Move servants";
            case "connect" -> "Move to a connection";
            case "pause" -> "Pause numbers";
            case "resume" -> "Resume numbers";
            default -> "Remove numbers";
        };
    }

    /// Starts the action. Repeating the request has no effect.
    @POST
    @Path("{runId}/start")
    @WithFormRead
    public Response start(@Context PoolPage page, @PathParam("runId") String runId) {
        BulkRuns.Run run = find(page, runId);
        runs.start(run, page.actor());
        return Html.seeOther(page.call(), page.path("/bulk/" + run.id()));
    }

    /// Shows the progress and the result.
    @GET
    @Path("{runId}")
    public Response show(@Context PoolPage page, @PathParam("runId") String runId) {
        return Html.ok(draw(page, find(page, runId)));
    }

    private BulkRuns.Run find(PoolPage page, String id) {
        return SenderPages.uuid(id)
                .flatMap(known -> runs.find(page.tenant(), known))
                .orElseThrow(PoolPage::notFound);
    }

    private BulkPage draw(PoolPage page, BulkRuns.Run run) {
        String act = run.act();
        boolean over = run.report().isPresent() || run.isBroken();
        Report report = run.report().orElse(run.plan());
        List<BulkPage.Line> shown = Stream.of(false, true)
                .flatMap(ok ->
                        report.lines().stream().filter(line -> line.ok() == ok).limit(LINES))
                .limit(LINES)
                .map(line -> new BulkPage.Line(line.row(), line.subject(), line.text(), line.ok()))
                .toList();
        var tried = new TrialResult(
                run.id().toString(),
                run.isBroken() ? "broken" : over ? "done" : run.isStarted() ? "running" : "planned",
                verb(run),
                report.done(),
                report.failed(),
                run.progress().done(),
                run.progress().total(),
                shown,
                report.lines().size() - shown.size());
        return new BulkPage(
                page.frame(title(act)),
                act,
                title(act),
                Optional.empty(),
                Optional.of(tried),
                page.isHtmx() && !run.isStarted());
    }

    private static String act(Bulk bulk) {
        return switch (bulk) {
            case Bulk.Add _ -> ADD;
            case Bulk.Move _ -> "move";
            case Bulk.Tag _ -> "tag";
            case Bulk.Hold(var _, var how) -> how.isPresent() ? "pause" : "resume";
            case Bulk.Remove _ -> "remove";
        };
    }

    private static String verb(BulkRuns.Run run) {
        String what = " " + run.plan().done() + (run.plan().done() == 1 ? " number" : " numbers");
        return switch (run.act()) {
            case ADD -> "Import" + what;
            case "move", "connect" -> "Move" + what;
            case "tag" -> "Tag" + what;
            case "pause" -> "Pause" + what;
            case "resume" -> "Resume" + what;
            default -> "Remove" + what;
        };
    }
}
