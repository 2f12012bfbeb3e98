package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.context.OperatorPage;
import dev.banyan.accounts.operator.AgencyFigures.Band;
import dev.banyan.accounts.operator.AgencyFigures.Share;
import dev.banyan.accounts.operator.AgencyMeters.Counted;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The figures by which the seed measures sub-accounts, for operators.
@Path("/operator/figures")
@RunOnVirtualThread
class OperatorFiguresPageResource {

    private static final String UNKNOWN = "–";

    private final AgencyFigures figures;
    private final AgencyMeters meters;

    OperatorFiguresPageResource(AgencyFigures figures, AgencyMeters meters) {
        this.figures = figures;
        this.meters = meters;
    }

    @GET
    public Response show(@Context OperatorPage page) {
        return Html.ok(page(page.frame(NavItem.OPERATOR_FIGURES, "Metrics")));
    }

    private OperatorFiguresPage page(PageFrame shell) {
        AgencyFigures.Counted counted = figures.counted();
        Counted switches = meters.counted(AgencyOperation.SWITCH);
        Counted all = meters.all();
        return new OperatorFiguresPage(
                shell,
                share(counted.premium()),
                share(counted.permitted()),
                share(counted.full()),
                decimal(counted.average()),
                decimal(counted.premiumAverage()),
                Words.grouped(counted.agencies()),
                Words.grouped(counted.subAccounts()),
                counted.bands().stream()
                        .map(band -> band(band, counted.agencies()))
                        .toList(),
                new OperatorFiguresPage.Switches(
                        percent(new Share(switches.done(), switches.done() + switches.failed())),
                        Words.grouped(switches.done()) + " of " + Words.grouped(switches.done() + switches.failed())),
                time(all.median()),
                time(all.p95()),
                percent(new Share(all.failed(), all.all())),
                Words.grouped(all.failed()) + " of " + Words.count(all.all(), "request", "requests"),
                Arrays.stream(AgencyOperation.values()).map(this::row).toList(),
                Words.time(counted.at()),
                Words.time(meters.start()));
    }

    private OperatorFiguresPage.Row row(AgencyOperation operation) {
        Counted counted = meters.counted(operation);
        return new OperatorFiguresPage.Row(
                operation.label,
                Words.grouped(counted.done()),
                Words.grouped(counted.refused()),
                Words.grouped(counted.failed()),
                time(counted.median()),
                time(counted.p95()));
    }

    private static OperatorFiguresPage.Share share(Share share) {
        return new OperatorFiguresPage.Share(
                percent(share),
                Words.grouped(share.with()) + " of " + Words.grouped(share.all()),
                share.with(),
                share.all());
    }

    private static OperatorFiguresPage.Band band(Band band, long agencies) {
        String range = band.most() == Long.MAX_VALUE ? band.least() + " and more" : band.least() + " to " + band.most();
        return new OperatorFiguresPage.Band(range, Words.grouped(band.accounts()), band.accounts(), agencies);
    }

    /// Rounds down: 99.99 % is not 100 %.
    private static String percent(Share share) {
        return share.part()
                .map(part -> {
                    double tenths = Math.floor(part * 1_000) / 10;
                    return String.format(Locale.ROOT, tenths == Math.rint(tenths) ? "%.0f%%" : "%.1f%%", tenths);
                })
                .orElse(UNKNOWN);
    }

    private static String decimal(Optional<Double> number) {
        return number.map(value -> String.format(Locale.ROOT, "%.1f", value)).orElse(UNKNOWN);
    }

    private static String time(Optional<Duration> time) {
        return time.map(value -> Words.grouped(Math.max(1, value.toMillis())) + " ms")
                .orElse(UNKNOWN);
    }
}
