package dev.banyan.whatsapp.proxies;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.Noun;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.ApiDescription;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.platform.web.json.NullIsNone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.access.PoolRequest;
import dev.banyan.whatsapp.proxies.Proxies.Used;
import dev.banyan.whatsapp.proxies.ProxyChoices.Choice;
import dev.banyan.whatsapp.proxies.ProxyChoices.Current;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Proxies in the API, and which one a number uses.
@Path("/api/whatsapp")
@RunOnVirtualThread
@JsonResource
@Tag(name = "WhatsApp proxies", description = "What gateways reach WhatsApp through, one fixed proxy for each number.")
class ProxiesResource {

    private static final Noun NOUN = Noun.of("Proxy");

    @Schema(name = "WhatsAppProxy", extensions = @Extension(name = ApiDescription.ENVELOPE, value = "ProxyAnswer"))
    record WireProxy(
            ProxyId id,
            String name,

            @Schema(description = "`http`, `https`, `socks4` or `socks5`")
            String kind,

            String host,
            int port,

            @Schema(description = "Empty if the proxy asks for none")
            String user,

            @Schema(description = "The password itself is never shown")
            boolean hasPassword,

            @Schema(description = "How many numbers may use it")
            int capacity,

            @Schema(description = "If false, it takes no more numbers; those that have it keep it")
            boolean enabled,

            @Schema(description = "How many numbers use it") int numbers,
            Instant createdAt) {

        static WireProxy of(Used used) {
            Proxy proxy = used.proxy();
            return new WireProxy(
                    proxy.id(),
                    proxy.name(),
                    proxy.kind().key(),
                    proxy.host(),
                    proxy.port(),
                    proxy.user(),
                    proxy.hasPassword(),
                    proxy.capacity(),
                    proxy.enabled(),
                    used.numbers(),
                    proxy.createdAt());
        }
    }

    record ProxyList(List<WireProxy> proxies) {}

    /// @param proxy null for none
    record ProxyOfNumber(
            @JsonInclude(Include.ALWAYS) Optional<ProxyId> proxy,
            @JsonInclude(Include.ALWAYS) Optional<String> name,

            @Schema(description = "Whether it was chosen among all proxies of the account")
            boolean auto) {

        static ProxyOfNumber of(Optional<Current> current) {
            return new ProxyOfNumber(
                    current.map(now -> now.proxy().id()),
                    current.map(now -> now.proxy().name()),
                    current.filter(Current::automatic).isPresent());
        }
    }

    @NoOtherFields
    record ProxyChoiceBody(
            @Schema(description = "The id of a proxy, `auto` to take one with room, or null for none")
            @JsonDeserialize(using = NullIsNone.Text.class)
            Optional<String> proxy) {}

    private final Proxies proxies;
    private final ProxyChoices choices;

    ProxiesResource(Proxies proxies, ProxyChoices choices) {
        this.proxies = proxies;
        this.choices = choices;
    }

    @GET
    @Path("proxies")
    @Operation(summary = "List proxies, oldest first, with how many numbers use each")
    @APIResponseSchema(value = ProxyList.class, responseDescription = "All proxies of the account")
    public ProxyList list(@Context PoolRequest request) {
        return new ProxyList(
                proxies.list(request.tenant()).stream().map(WireProxy::of).toList());
    }

    @POST
    @Path("proxies")
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Add a proxy")
    @APIResponseSchema(value = WireProxy.class, responseDescription = "Added", responseCode = "201")
    public Response add(@Context PoolRequest request, ProxyRequest body) {
        return request.added(
                body, () -> WireProxy.of(Refused.unless(proxies.add(request.tenant(), request.actor(), body), NOUN)));
    }

    @PUT
    @Path("proxies/{proxyId}")
    @Operation(summary = "Change a proxy; omitted fields stay the same. A new address needs the password again")
    @APIResponseSchema(value = WireProxy.class, responseDescription = "The changed proxy")
    @APIResponse(responseCode = "400", description = "A field is invalid; nothing was changed")
    public WireProxy change(@Context PoolRequest request, @PathParam("proxyId") String proxyId, ProxyRequest body) {
        return WireProxy.of(
                Refused.unless(proxies.change(request.tenant(), request.actor(), proxy(proxyId), body), NOUN));
    }

    private static ProxyId proxy(String id) {
        return ProxyId.parse(id).orElseThrow(() -> Refused.notFound(NOUN));
    }

    @DELETE
    @Path("proxies/{proxyId}")
    @Operation(summary = "Delete a proxy")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Deleted")
    @APIResponse(responseCode = "409", description = "Numbers use it, and `force` is missing")
    public DoneMessage delete(
            @Context PoolRequest request,
            @PathParam("proxyId") String proxyId,
            @Parameter(description = "`true` deletes it even if numbers use it: they have no proxy then")
                    @QueryParam("force")
                    Optional<String> force) {
        boolean evenIfUsed = force.equals(Optional.of("true"));
        int numbers =
                Refused.unless(proxies.delete(request.tenant(), request.actor(), proxy(proxyId), evenIfUsed), NOUN);
        return new DoneMessage(
                "Proxy deleted" + (numbers == 0 ? "" : "; " + Proxies.numbers(numbers) + " without a proxy"));
    }

    @GET
    @Path("senders/{senderId}/proxy")
    @Operation(summary = "Get the proxy of a number")
    @APIResponseSchema(value = ProxyOfNumber.class, responseDescription = "Its proxy, or null")
    public ProxyOfNumber get(@Context PoolRequest request, @PathParam("senderId") String senderId) {
        return ProxyOfNumber.of(
                choices.current(request.tenant(), request.sender(senderId).id()));
    }

    @PUT
    @Path("senders/{senderId}/proxy")
    @Operation(summary = "Choose the proxy of a number. It keeps this proxy until someone changes it")
    @APIResponseSchema(value = ProxyOfNumber.class, responseDescription = "Its proxy now")
    @APIResponse(responseCode = "409", description = "Its driver supports no proxies, or no proxy has room")
    public ProxyOfNumber choose(
            @Context PoolRequest request, @PathParam("senderId") String senderId, ProxyChoiceBody body) {
        Sender sender = request.sender(senderId);
        Choice choice =
                body.proxy().flatMap(ProxiesResource::choice).orElseThrow(() -> Refused.invalid(ProxyChoices.UNKNOWN));
        return ProxyOfNumber.of(Refused.unless(
                choices.choose(request.tenant(), request.actor(), sender.id(), choice), PoolRequest.SENDER));
    }

    /// Returns empty if it can be none.
    private static Optional<Choice> choice(String typed) {
        return switch (typed) {
            case "" -> Optional.of(new Choice.None());
            case "auto" -> Optional.of(new Choice.Automatic());
            default -> ProxyId.parse(typed).map(Choice.Own::new);
        };
    }
}
