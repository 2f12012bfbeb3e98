package dev.banyan.whatsapp.proxies;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.secrets.TypedSecrets;
import dev.banyan.platform.web.json.FormFields;
import dev.banyan.platform.web.page.Confirmation;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.access.PoolPages.PoolPage;
import dev.banyan.whatsapp.proxies.Proxies.Used;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// The proxies of an account.
@Path("/admin/pools")
@RunOnVirtualThread
class ProxiesPageResource {

    private static final String PATH = "/admin/pools/proxies";

    private final Proxies proxies;
    private final TypedSecrets secrets;

    ProxiesPageResource(Proxies proxies, TypedSecrets secrets) {
        this.proxies = proxies;
        this.secrets = secrets;
    }

    @GET
    @Path("proxies")
    public Response list(@Context PoolPage page) {
        return Html.ok(listed(page, ProxyForm.EMPTY, FieldErrors.NONE));
    }

    @POST
    @Path("proxies")
    public Response add(@Context PoolPage page, @BeanParam FormFields fields) {
        ProxyForm form = typed(page, fields);
        return saved(
                page,
                form,
                wanted -> proxies.add(page.tenant(), page.actor(), wanted),
                "proxy-added",
                invalid -> Html.invalid(listed(page, sealed(page, form), FieldErrors.from(invalid))));
    }

    private ProxyForm typed(PoolPage page, FormFields fields) {
        ProxyForm form = ProxyForm.read(fields);
        return form.with(secrets.typed(form.password(), fields.first(TypedSecrets.FIELD), owner(page)));
    }

    private ProxyForm sealed(PoolPage page, ProxyForm form) {
        return form.with(secrets.seal(form.password(), "", owner(page)));
    }

    private static String owner(PoolPage page) {
        return TypedSecrets.owner(page.context().identity(), page.tenant());
    }

    private Response saved(
            PoolPage page,
            ProxyForm form,
            Function<ProxyRequest, Outcome<Used>> work,
            String done,
            Function<List<Invalid>, Response> again) {
        var broken = new ArrayList<Invalid>();
        ProxyRequest wanted = form.request(broken);
        return broken.isEmpty()
                ? work.apply(wanted)
                        .fold(_ -> Html.seeOther(path(page) + "&done=" + done), refusal -> page.refused(refusal, again))
                : again.apply(broken);
    }

    private ProxiesPage listed(PoolPage page, ProxyForm form, FieldErrors errors) {
        return new ProxiesPage(
                page.frame("Proxies"),
                proxies.list(page.tenant()).stream().map(ProxiesPage.Row::of).toList(),
                form,
                errors);
    }

    private static String path(PoolPage page) {
        return page.path("/proxies");
    }

    private Used find(PoolPage page, String id) {
        return ProxyId.parse(id)
                .flatMap(known -> proxies.find(page.tenant(), known))
                .orElseThrow(PoolPage::notFound);
    }

    @GET
    @Path("proxies/{proxyId}")
    public Response show(@Context PoolPage page, @PathParam("proxyId") String proxyId) {
        Used used = find(page, proxyId);
        return Html.ok(draw(page, used, ProxyForm.of(used.proxy()), FieldErrors.NONE));
    }

    @POST
    @Path("proxies/{proxyId}")
    public Response save(@Context PoolPage page, @PathParam("proxyId") String proxyId, @BeanParam FormFields fields) {
        ProxyForm form = typed(page, fields);
        Used used = find(page, proxyId);
        return saved(
                page,
                form,
                wanted ->
                        proxies.change(page.tenant(), page.actor(), used.proxy().id(), wanted),
                "proxy-saved",
                invalid -> Html.invalid(draw(page, used, sealed(page, form), FieldErrors.from(invalid))));
    }

    private ProxyPage draw(PoolPage page, Used used, ProxyForm form, FieldErrors errors) {
        return new ProxyPage(
                page.frame(used.proxy().name()),
                used.proxy().id().toString(),
                used.proxy().name(),
                used.text(),
                used.proxy().hasPassword(),
                form,
                errors);
    }

    @GET
    @Path("proxies/{proxyId}/delete")
    public Response confirmDelete(@Context PoolPage page, @PathParam("proxyId") String proxyId) {
        Used used = find(page, proxyId);
        PageFrame shell = page.frame("Delete proxy");
        Confirmation.Builder asking = Confirmation.asking(
                        "delete", "Delete “<bdi>{}</bdi>”?", used.proxy().name())
                .sentence("This takes effect immediately and can’t be undone:")
                .fact(
                        "<code>{}</code> and its password are deleted",
                        used.proxy().shown());
        if (used.numbers() > 0) {
            asking.fact(
                    "{} without a proxy then: choose another one on their pages",
                    used.numbers() == 1 ? "1 number is" : Words.count(used.numbers(), "number", "numbers") + " are");
        }
        return Html.ok(asking.action("Delete proxy", PATH + "/" + used.proxy().id() + "/delete")
                .keep("Cancel", PATH + shell.query())
                .under("Numbers", PoolPage.BOARD)
                .under("Proxies", PATH)
                .on(page.call(), shell, "Delete"));
    }

    /// The confirmation has said which numbers use it.
    @POST
    @Path("proxies/{proxyId}/delete")
    @WithFormRead
    public Response delete(@Context PoolPage page, @PathParam("proxyId") String proxyId) {
        Used used = find(page, proxyId);
        proxies.delete(page.tenant(), page.actor(), used.proxy().id(), true);
        return Html.seeOther(page.call(), path(page) + "&done=proxy-deleted");
    }
}
