package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.context.OperatorPage;
import dev.banyan.accounts.operator.OperatorBackupsPage.Row;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.backup.BackupPlace;
import dev.banyan.platform.backup.BackupPlan;
import dev.banyan.platform.backup.BackupPlanForm;
import dev.banyan.platform.backup.BackupPlanInput;
import dev.banyan.platform.backup.BackupPlans;
import dev.banyan.platform.backup.BackupResult;
import dev.banyan.platform.backup.PlannedBackups;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.secrets.TypedSecrets;
import dev.banyan.platform.web.FileAnswers;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.ReaderZone;
import dev.banyan.platform.web.page.TimeZones;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;

/// The page on which an operator plans, starts and downloads backups of this server.
@Path(OperatorBackupsPageResource.PATH)
@RunOnVirtualThread
class OperatorBackupsPageResource {

    static final String PATH = "/operator/backups";

    private static final List<Choice> DAYS = Stream.concat(
                    Stream.of(new Choice(BackupPlanInput.EVERY_DAY, "Every day")),
                    Arrays.stream(DayOfWeek.values())
                            .map(day -> new Choice(
                                    day.name().toLowerCase(Locale.ROOT),
                                    "Every " + day.getDisplayName(TextStyle.FULL, Locale.ENGLISH))))
            .toList();

    private final BackupPlans plans;
    private final PlannedBackups backups;
    private final TypedSecrets secrets;
    private final Clock clock;

    OperatorBackupsPageResource(BackupPlans plans, PlannedBackups backups, TypedSecrets secrets, Clock clock) {
        this.plans = plans;
        this.backups = backups;
        this.secrets = secrets;
        this.clock = clock;
    }

    @GET
    public Response show(@Context OperatorPage page) {
        return Html.ok(stored(page, Optional.empty()));
    }

    private OperatorBackupsPage stored(OperatorPage page, Optional<FormProblem> problem) {
        Optional<BackupPlan> plan = plans.find();
        return page(
                page,
                plan,
                plan.map(BackupPlanInput::of).orElseGet(() -> BackupPlanInput.suggested(ZoneId.of(ReaderZone.name()))),
                "",
                FieldErrors.NONE,
                problem);
    }

    private OperatorBackupsPage page(
            OperatorPage page,
            Optional<BackupPlan> plan,
            BackupPlanInput form,
            String typedSecret,
            FieldErrors errors,
            Optional<FormProblem> problem) {
        List<BackupResult> results = backups.list();
        return new OperatorBackupsPage(
                page.frame(NavItem.OPERATOR_BACKUPS, "Backups"),
                problem,
                form,
                DAYS,
                TimeZones.with(form.zone()),
                errors,
                plan.isPresent(),
                plan.filter(known -> known.place() instanceof BackupPlace.Bucket)
                        .isPresent(),
                typedSecret,
                plan.flatMap(known -> known.next(clock.instant())).map(Words::moment),
                results.stream().anyMatch(BackupResult::running),
                results.stream().map(result -> row(result, plan)).toList());
    }

    private Row row(BackupResult result, Optional<BackupPlan> plan) {
        boolean isWhole = result.isWritten() && result.problem().isEmpty();
        return new Row(
                result.id().toString(),
                Words.time(result.startedAt()),
                Words.moment(result.startedAt()),
                result.running() ? "Running" : result.isFailed() ? "Failed" : "Completed",
                result.running() ? "info" : result.isFailed() ? "bad" : isWhole ? "good" : "warn",
                result.planned().isPresent() ? "On schedule" : "By hand",
                result.size()
                        .map(OperatorStartPageResource::bytes)
                        .orElse(result.running() ? Words.count(result.rows(), "row so far", "rows so far") : "No file"),
                result.location(),
                result.problem(),
                result.isWritten()
                        && plan.filter(known -> backups.isIn(known, result)).isPresent());
    }

    @POST
    public Response save(@Context OperatorPage page, @BeanParam BackupPlanForm form) {
        form.with(secrets, TypedSecrets.owner(page.operator().identity(), PATH));
        return plans.put(page.actor(), form.input())
                .fold(_ -> Html.seeOther(PATH + "?done=backup-plan-saved"), refusal -> refused(page, form, refusal));
    }

    private Response refused(OperatorPage page, BackupPlanForm form, Refusal refusal) {
        FieldErrors errors = refusal instanceof Refusal.Rejected(List<Invalid> invalid)
                ? FieldErrors.from(invalid)
                : FieldErrors.NONE;
        return Html.invalid(page(page, plans.find(), form.input(), form.typedSecret(), errors, Optional.empty()));
    }

    @POST
    @Path("run")
    public Response run(@Context OperatorPage page) {
        return backups.start(page.actor())
                .fold(_ -> Html.seeOther(PATH + "?done=backup-started"), refusal -> notStarted(page, refusal));
    }

    private Response notStarted(OperatorPage page, Refusal refusal) {
        FormProblem problem = refusal instanceof Refusal.Conflict
                ? new FormProblem("A backup is already running.", "Start another one when it finishes.")
                : new FormProblem("No place for backups is set.", "Choose where they go first.");
        return Html.answer(409, stored(page, Optional.of(problem)));
    }

    @GET
    @Path("{backupId}/file")
    public Response file(@Context OperatorPage page, @PathParam("backupId") String id) {
        UUID backup = Uuids.parse(id).orElseThrow(page::unknown);
        return backups.download(page.actor(), backup)
                .fold(OperatorBackupsPageResource::sent, refusal -> notSent(page, refusal));
    }

    private static Response sent(PlannedBackups.Download download) {
        StreamingOutput bytes = out -> {
            try (download;
                    InputStream content = download.file().open()) {
                content.transferTo(out);
            }
        };
        return FileAnswers.download(download.name(), "application/zip", bytes)
                .header("Content-Length", download.file().size())
                .build();
    }

    private Response notSent(OperatorPage page, Refusal refusal) {
        if (refusal instanceof Refusal.Conflict(String why)) {
            return Html.answer(503, stored(page, Optional.of(new FormProblem("We can’t read this backup.", why))));
        }
        throw page.unknown();
    }
}
