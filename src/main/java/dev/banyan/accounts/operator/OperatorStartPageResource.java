package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.context.OperatorPage;
import dev.banyan.platform.db.StorageSize;
import dev.banyan.platform.jobs.JobRuns;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.mail.Outbox;
import dev.banyan.platform.mail.ServerMail;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The first page for operators.
@Path("/operator")
@RunOnVirtualThread
class OperatorStartPageResource {

    private static final int REFUSED_COUNTED = 1_000;

    private final ServerFigures figures;
    private final Outbox outbox;
    private final RateLimits limits;
    private final OperatorJobs jobs;
    private final ServerAttention attention;
    private final StorageSize storage;
    private final ServerMail serverMail;
    private final RunningRelease running;

    OperatorStartPageResource(
            ServerFigures figures,
            Outbox outbox,
            RateLimits limits,
            OperatorJobs jobs,
            ServerAttention attention,
            StorageSize storage,
            ServerMail serverMail,
            RunningRelease running) {
        this.figures = figures;
        this.outbox = outbox;
        this.limits = limits;
        this.jobs = jobs;
        this.attention = attention;
        this.storage = storage;
        this.serverMail = serverMail;
        this.running = running;
    }

    @GET
    public Response show(@Context OperatorPage page) {
        return Html.ok(page(page.frame(NavItem.OPERATOR_START, "This server")));
    }

    private OperatorStartPage page(PageFrame shell) {
        ServerFigures.Counted counted = figures.counted();
        Outbox.Troubles mails = outbox.troubles();
        StorageSize.Disk disk = storage.disk();
        List<JobRuns.State> states = jobs.states();
        long failed = states.stream().filter(state -> state.error().isPresent()).count();
        int refused = limits.refused(REFUSED_COUNTED).size();
        return new OperatorStartPage(
                shell,
                shell.acting().isEmpty(),
                attention.of(counted, mails, disk, states),
                Words.grouped(counted.roots()),
                Words.count(counted.subAccounts(), "brand", "brands"),
                counted.off() == 0 ? "" : Words.grouped(counted.off()),
                Words.grouped(counted.signUps()),
                mails.all() > 0,
                Words.grouped(mails.waiting()),
                serverMail.isConnected(),
                Words.grouped(refused),
                failed == 0 ? "" : Words.grouped(failed),
                Words.grouped(states.size()),
                bytes(storage.database()),
                storage.kind(),
                bytes(disk.free()),
                bytes(disk.total()),
                disk.total() - disk.free(),
                disk.total(),
                running.name(),
                running.age(),
                running.start(),
                Words.moment(counted.at()));
    }

    /// Formats bytes in decimal units, as disks are sold: 1 GB is 1,000 MB.
    static String bytes(long bytes) {
        if (bytes < 100_000) {
            return Math.ceilDiv(bytes, 1_000) + " KB";
        }
        double amount = bytes / 1e6;
        return amount < 1_000
                ? String.format(Locale.ROOT, "%.1f MB", amount)
                : amount < 1_000_000
                        ? String.format(Locale.ROOT, "%.1f GB", amount / 1e3)
                        : String.format(Locale.ROOT, "%.1f TB", amount / 1e6);
    }
}
