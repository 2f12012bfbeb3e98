package dev.banyan.accounts.keys;

import module java.base;
import dev.banyan.accounts.ApiKey;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.CsvFile;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.WebAddresses;
import dev.banyan.platform.web.FileAnswers;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;

/// The log of requests for those who write programs, as a page and as a file. Sub-accounts have no keys, and no log.
@Path("/admin/api-keys")
@RunOnVirtualThread
class RequestLogPageResource {

    private static final String HERE = "/admin/api-keys/requests";
    private static final int SHOWN = 100;
    private static final int IN_FILE_TOGETHER = 1_000;

    private static final List<Choice> STATUSES = List.of(
            new Choice("", "All"),
            new Choice("2", "2xx – succeeded"),
            new Choice("4", "4xx – refused"),
            new Choice("5", "5xx – server error"));

    private final RequestLog log;
    private final ApiKeys keys;
    private final Clock clock;

    RequestLogPageResource(RequestLog log, ApiKeys keys, Clock clock) {
        this.log = log;
        this.keys = keys;
        this.clock = clock;
    }

    @GET
    @Path("requests")
    public Response show(
            @Context AccountPage page,
            @QueryParam("key") @DefaultValue("") String key,
            @QueryParam("status") @DefaultValue("") String status,
            @QueryParam("route") @DefaultValue("") String route,
            @QueryParam("after") @DefaultValue("") String after) {
        page.refuseSubAccounts(NavItem.API_KEYS, "API keys");
        var filter = new RequestFilter(key, status, route);
        Map<String, String> names = names(page);
        List<LoggedRequest> found = filter.isWrong()
                ? List.of()
                : log.of(page.context().root().id(), filter, Uuids.parse(after), SHOWN + 1);
        List<LoggedRequest> shown = found.stream().limit(SHOWN).toList();
        var choices = new ArrayList<Choice>();
        choices.add(new Choice("", "All keys"));
        names.forEach((id, name) -> choices.add(new Choice(id, name)));
        return Html.ok(new RequestLogPage(
                page.frame(NavItem.API_KEYS, "Request log"),
                filter,
                choices,
                STATUSES,
                shown.stream().map(request -> row(request, names)).toList(),
                filter.isWrong() ? Optional.of(RequestFilter.WRONG_STATUS + ".") : Optional.empty(),
                HERE + ".csv?as=" + WebAddresses.encoded(page.context().acting().username()) + "&key="
                        + WebAddresses.encoded(filter.key()) + "&status=" + WebAddresses.encoded(filter.status())
                        + "&route=" + WebAddresses.encoded(filter.route()),
                after.isEmpty(),
                found.size() > SHOWN ? Optional.of(shown.getLast().id().toString()) : Optional.empty()));
    }

    @GET
    @Path("requests.csv")
    public Response download(
            @Context AccountPage page,
            @QueryParam("key") @DefaultValue("") String key,
            @QueryParam("status") @DefaultValue("") String status,
            @QueryParam("route") @DefaultValue("") String route) {
        page.refuseSubAccounts(NavItem.API_KEYS, "API keys");
        var filter = new RequestFilter(key, status, route);
        if (filter.isWrong()) {
            throw page.refused(400, "Check the filters", RequestFilter.WRONG_STATUS + ".");
        }
        AccountId tenant = page.context().root().id();
        StreamingOutput rows = out -> write(tenant, filter, out);
        return FileAnswers.csv("requests-" + LocalDate.now(clock), rows);
    }

    private void write(AccountId tenant, RequestFilter filter, OutputStream out) throws IOException {
        try (var csv = new CsvFile(out)) {
            csv.row("time", "key", "method", "route", "status", "code", "milliseconds", "request_id");
            Optional<UUID> after = Optional.empty();
            List<LoggedRequest> some;
            do {
                some = log.of(tenant, filter, after, IN_FILE_TOGETHER);
                some.forEach(request -> csv.row(
                        request.at().toString(),
                        request.key(),
                        request.method(),
                        request.path(),
                        Integer.toString(request.status()),
                        request.code().orElse(""),
                        Long.toString(request.took().toMillis()),
                        request.requestId()));
                after = some.isEmpty()
                        ? Optional.empty()
                        : Optional.of(some.getLast().id());
            } while (some.size() == IN_FILE_TOGETHER);
        }
    }

    private Map<String, String> names(AccountPage page) {
        var names = new LinkedHashMap<String, String>();
        keys.of(page.context()).keys().forEach((ApiKey key) -> names.put(key.id(), key.name()));
        return names;
    }

    private static RequestLogPage.Row row(LoggedRequest request, Map<String, String> names) {
        return new RequestLogPage.Row(
                request.at().toString(),
                Words.moment(request.at()),
                names.getOrDefault(request.key(), "ltm_" + request.key() + "_…"),
                request.route(),
                request.status(),
                request.status() < 400 ? "good" : "bad",
                request.code().orElse(""),
                Words.grouped(request.took().toMillis()) + " ms",
                request.requestId());
    }
}
