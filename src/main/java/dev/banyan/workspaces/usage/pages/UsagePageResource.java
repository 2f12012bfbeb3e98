package dev.banyan.workspaces.usage.pages;

import module java.base;
import dev.banyan.platform.CsvFile;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.FileAnswers;
import dev.banyan.platform.web.page.Chart;
import dev.banyan.platform.web.page.DaysChart;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.access.AdminEntrance;
import dev.banyan.workspaces.access.AdminRequest;
import dev.banyan.workspaces.access.InMenu;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.usage.UsageCounts;
import dev.banyan.workspaces.usage.UsageKind;
import dev.banyan.workspaces.usage.UsageLimits;
import dev.banyan.workspaces.usage.UsageWarnings;
import dev.banyan.workspaces.usage.pages.UsageReports.Line;
import dev.banyan.workspaces.usage.pages.UsageReports.Report;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;

/// What a workspace uses, as a page and as a file; the project’s side sets its limits there.
@InMenu(WorkspaceMenu.USAGE)
abstract class UsagePageResource {

    private static final String PAGE = "/usage";
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH);
    private static final long MEGABYTE = 1_000_000;

    private final UsageReports reports;

    private UsagePageResource(UsageReports reports) {
        this.reports = reports;
    }

    @Path(AdminEntrance.OF_PROJECT)
    @RunOnVirtualThread
    static class OfProjectResource extends UsagePageResource {

        OfProjectResource(UsageReports reports) {
            super(reports);
        }

        @POST
        @Path("usage/limits")
        public Response limit(
                @Context AdminRequest request,
                @FormParam("messagesIn") @DefaultValue("") String messagesIn,
                @FormParam("messagesOut") @DefaultValue("") String messagesOut,
                @FormParam("tokens") @DefaultValue("") String tokens,
                @FormParam("activeUsers") @DefaultValue("") String activeUsers,
                @FormParam("storageBytes") @DefaultValue("") String storage) {
            return save(
                    request,
                    Map.of(
                            UsageKind.MESSAGES_IN,
                            messagesIn,
                            UsageKind.MESSAGES_OUT,
                            messagesOut,
                            UsageKind.TOKENS,
                            tokens,
                            UsageKind.ACTIVE_USERS,
                            activeUsers,
                            UsageKind.STORAGE,
                            storage));
        }
    }

    @Path(AdminEntrance.OF_ADMINS)
    @RunOnVirtualThread
    static class OfAdminsResource extends UsagePageResource {

        OfAdminsResource(UsageReports reports) {
            super(reports);
        }
    }

    @GET
    @Path("usage")
    public Response show(
            @Context AdminRequest request,
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("to") @DefaultValue("") String to) {
        Seen seen = read(request, from, to);
        return Html.ok(page(request, seen, typed(seen.report().limits()), FieldErrors.NONE));
    }

    /// @param mistake why the usual days are shown instead of those that were asked for
    private record Seen(Report report, Optional<String> mistake) {}

    private Seen read(AdminRequest request, String from, String to) {
        LocalDate today = reports.today(request.actor());
        Optional<Invalid> invalid = UsageRange.invalid(from, to, today);
        UsageRange range = invalid.isPresent() ? UsageRange.usual(today) : UsageRange.of(from, to, today);
        return new Seen(
                request.value(reports.read(request.actor(), request.project(), request.id(), range)),
                invalid.map(Invalid::userMessage));
    }

    /// Saves the limits as they were typed: numbers may be grouped, and files are in MB.
    Response save(AdminRequest request, Map<UsageKind, String> typed) {
        var most = new EnumMap<UsageKind, Long>(UsageKind.class);
        var invalid = new ArrayList<Invalid>();
        typed.forEach((kind, text) -> {
            String digits = text.replaceAll("[,.\\s]", "");
            if (digits.matches("[0-9]{1,12}")) {
                most.put(kind, Long.parseLong(digits) * (kind == UsageKind.STORAGE ? MEGABYTE : 1));
            } else if (!digits.isEmpty()) {
                invalid.add(new Invalid(kind.key(), "Enter a whole number. Leave it empty for no limit."));
            }
        });
        if (!invalid.isEmpty()) {
            return wrong(request, typed, invalid);
        }
        return reports.setLimits(request.actor(), request.project(), request.id(), most)
                .fold(
                        _ -> request.done(PAGE, "usage-limits-saved"),
                        refusal -> refusal instanceof Refusal.Rejected rejected
                                ? wrong(request, typed, rejected.invalid())
                                : request.refused(refusal));
    }

    private Response wrong(AdminRequest request, Map<UsageKind, String> typed, List<Invalid> invalid) {
        return Html.invalid(page(request, read(request, "", ""), typed, FieldErrors.from(invalid)));
    }

    private static Map<UsageKind, String> typed(UsageLimits limits) {
        var typed = new EnumMap<UsageKind, String>(UsageKind.class);
        limits.most()
                .forEach((kind, limit) -> typed.put(
                        kind, Long.toString(kind == UsageKind.STORAGE ? Math.ceilDiv(limit, MEGABYTE) : limit)));
        return typed;
    }

    private UsagePage page(AdminRequest request, Seen seen, Map<UsageKind, String> typed, FieldErrors errors) {
        Report report = seen.report();
        UsageRange range = report.range();
        String file = request.path("/usage.csv");
        return new UsagePage(
                request.frame("Usage"),
                Arrays.stream(UsageKind.values())
                        .map(kind -> tile(kind, report))
                        .toList(),
                notices(report),
                range.from().toString(),
                range.to().toString(),
                report.today().toString(),
                Words.nameOf(report.zone()),
                file + (file.indexOf('?') < 0 ? "?" : "&") + "from=" + range.from() + "&to=" + range.to(),
                charts(report),
                quiet(report),
                report.months().reversed().stream()
                        .map(UsagePageResource::monthRow)
                        .toList(),
                seen.mistake(),
                request.as().map(_ -> request.base() + "/usage/limits"),
                Arrays.stream(UsageKind.values())
                        .map(kind -> new UsagePage.LimitField(
                                kind.key(),
                                kind == UsageKind.STORAGE ? "Files in MB" : kind.label + " per month",
                                UsageWarnings.atTheLimit(kind),
                                typed.getOrDefault(kind, "")))
                        .toList(),
                errors);
    }

    private static UsagePage.Tile tile(UsageKind kind, Report report) {
        long used = report.now().of(kind);
        Optional<Long> limit = report.limits().of(kind);
        return new UsagePage.Tile(
                kind.label,
                UsageWarnings.amount(kind, used),
                limit.map(most -> "of " + UsageWarnings.amount(kind, most)).orElse(""),
                Math.min(used, limit.orElse(used)),
                Math.max(1, limit.orElse(1L)));
    }

    private static List<UsagePage.Notice> notices(Report report) {
        return Arrays.stream(UsageKind.values())
                .flatMap(kind -> report.limits().percent(kind, report.now()).stream()
                        .filter(percent -> percent >= UsageLimits.WARNED_AT)
                        .map(percent -> notice(kind, percent)))
                .toList();
    }

    private static UsagePage.Notice notice(UsageKind kind, int percent) {
        boolean full = percent >= UsageLimits.FULL;
        return new UsagePage.Notice(
                full,
                kind.label + (full ? ": the limit is reached." : ": " + percent + " % of the limit are used."),
                UsageWarnings.atTheLimit(kind));
    }

    /// What one chart shows. A chart without anything in it is not drawn.
    ///
    /// @param noun within a sentence
    private record Drawn(String id, String title, String noun, List<Chart.Series> series) {

        boolean isQuiet() {
            return series.stream().flatMap(one -> one.counts().stream()).allMatch(count -> count == 0);
        }
    }

    private static List<Drawn> drawn(Report report) {
        return List.of(
                new Drawn(
                        "messages",
                        "Messages per day",
                        "messages",
                        List.of(
                                series(report, "Received", UsageCounts::messagesIn),
                                series(report, "Sent", UsageCounts::messagesOut))),
                new Drawn(
                        "users",
                        "Active users per day",
                        "active users",
                        List.of(series(report, "Active users", UsageCounts::activeUsers))),
                new Drawn(
                        "tokens",
                        "Language model tokens per day",
                        "language model tokens",
                        List.of(series(report, "Tokens", UsageCounts::tokens))));
    }

    private static List<UsagePage.Part> charts(Report report) {
        return drawn(report).stream()
                .filter(one -> !one.isQuiet())
                .map(one -> new UsagePage.Part(one.id(), one.title(), chart(report, one.title(), one.series())))
                .toList();
    }

    private static Optional<String> quiet(Report report) {
        List<String> nouns =
                drawn(report).stream().filter(Drawn::isQuiet).map(Drawn::noun).toList();
        return nouns.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "No " + String.join(", ", nouns).replaceFirst(", ([^,]*)$", " or $1") + " on these days.");
    }

    private static Chart chart(Report report, String label, List<Chart.Series> series) {
        return DaysChart.of(
                label, report.days().stream().map(Line::period).toList(), series, report.today(), report.zone());
    }

    private static Chart.Series series(Report report, String name, ToLongFunction<UsageCounts> what) {
        return new Chart.Series(
                name,
                report.days().stream()
                        .map(day -> what.applyAsLong(day.counts()))
                        .toList());
    }

    private static UsagePage.MonthRow monthRow(Line<YearMonth> line) {
        UsageCounts counts = line.counts();
        return new UsagePage.MonthRow(
                MONTH.format(line.period()),
                line.period().toString(),
                UsageWarnings.amount(UsageKind.MESSAGES_IN, counts.messagesIn()),
                UsageWarnings.amount(UsageKind.MESSAGES_OUT, counts.messagesOut()),
                UsageWarnings.amount(UsageKind.TOKENS, counts.tokens()),
                UsageWarnings.amount(UsageKind.ACTIVE_USERS, counts.activeUsers()),
                UsageWarnings.amount(UsageKind.STORAGE, counts.storedBytes()));
    }

    @GET
    @Path("usage.csv")
    public Response file(
            @Context AdminRequest request,
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("to") @DefaultValue("") String to) {
        Seen seen = read(request, from, to);
        return seen.mistake().isPresent()
                ? Html.invalid(page(request, seen, typed(seen.report().limits()), FieldErrors.NONE))
                : csv(seen.report());
    }

    private static Response csv(Report report) {
        StreamingOutput rows = out -> {
            try (var csv = new CsvFile(out)) {
                write(csv, report);
            }
        };
        return FileAnswers.csv(
                "usage-" + report.range().from() + "-" + report.range().to(), rows);
    }

    private static void write(CsvFile csv, Report report) {
        csv.row("date", "messages_in", "messages_out", "tokens", "active_users", "storage_bytes");
        report.days()
                .forEach(day -> csv.row(
                        day.period().toString(),
                        Long.toString(day.counts().messagesIn()),
                        Long.toString(day.counts().messagesOut()),
                        Long.toString(day.counts().tokens()),
                        Long.toString(day.counts().activeUsers()),
                        Long.toString(day.counts().storedBytes())));
    }
}
