package dev.banyan.platform.web.docs;

import module java.base;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.ReadyBytes;
import dev.banyan.platform.web.json.ApiReference;
import dev.banyan.platform.web.page.Assets;
import dev.banyan.platform.web.page.Html;
import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The documentation: its start, its documents with their pictures, and its search. Each page is drawn once per theme.
@Path(Documents.ROOT)
@RunOnVirtualThread
class DocsPageResource {

    private static final Map<String, String> OWN = Map.of("Cache-Control", "private, no-cache");
    private static final Map<String, String> SHARED = Map.of("Cache-Control", "public, no-cache");

    private final Documents documents;
    private final ApiReference api;
    private final Assets assets;
    private final Map<String, ReadyBytes> kept = new ConcurrentHashMap<>();

    DocsPageResource(Documents documents, ApiReference api, Assets assets) {
        this.documents = documents;
        this.api = api;
        this.assets = assets;
    }

    @GET
    public Response start(@Context Call call) {
        return page(
                call,
                Documents.ROOT,
                () -> new DocsStartPage(assets.door("Documentation", call), menu(Optional.empty(), "")));
    }

    @GET
    @Path("{name}")
    public Response show(@Context Call call, @PathParam("name") String name) {
        String path = Documents.ROOT + "/" + name;
        if (documents.find(path).isEmpty() && api.has(name)) { // where the API reference was before
            return Response.status(Response.Status.MOVED_PERMANENTLY)
                    .location(URI.create(Documents.ROOT + "/api/" + name))
                    .build();
        }
        return document(call, path);
    }

    @GET
    @Path("guides/{name}")
    public Response guide(@Context Call call, @PathParam("name") String name) {
        return document(call, Documents.ROOT + "/guides/" + name);
    }

    @GET
    @Path("pictures/{name}")
    public Response picture(@Context Call call, @PathParam("name") String name) {
        String path = Documents.ROOT + "/pictures/" + name;
        return kept.computeIfAbsent(path, this::read).response(call.routing().request());
    }

    private ReadyBytes read(String path) {
        return documents
                .picture(path)
                .map(picture -> ReadyBytes.of(200, picture.type(), picture.bytes(), SHARED))
                .orElseThrow(NotFoundException::new);
    }

    /// @param search as typed; only its beginning is read if it is too long
    @GET
    @Path("search")
    public Response search(@Context Call call, @QueryParam("q") @DefaultValue("") String search) {
        String query = search.substring(0, Math.min(search.length(), DocumentSearch.LONGEST));
        return Html.ok(new DocsSearchPage(
                assets.door("Search", call), menu(Optional.empty(), query), documents.search(query)));
    }

    private Response document(Call call, String path) {
        Document document = documents.find(path).orElseThrow(NotFoundException::new);
        return page(
                call,
                path,
                () -> new DocsPage(
                        assets.door(document.title(), call),
                        menu(Optional.of(document), ""),
                        new RawString(document.html())));
    }

    private DocsMenu menu(Optional<Document> shown, String query) {
        return new DocsMenu(documents.groups(), shown, query);
    }

    /// The theme comes from a cookie, so other people's caches don't keep the page.
    private Response page(Call call, String path, Supplier<TemplateInstance> drawn) {
        String key = path + " " + Assets.theme(call).orElse("system");
        return kept.computeIfAbsent(key, _ -> ReadyBytes.of(200, "text/html; charset=utf-8", bytes(drawn.get()), OWN))
                .response(call.routing().request());
    }

    private static byte[] bytes(TemplateInstance page) {
        return page.render().getBytes(StandardCharsets.UTF_8);
    }
}
