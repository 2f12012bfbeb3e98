package dev.banyan.workspaces.inbox;

import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.inbox.InboxReplies.Sent;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// Reactions, templates, and the number that answers, in the pages of the inbox.
@Path("/s/{shortPath}")
@RunOnVirtualThread
class InboxTalkResource {

    private final InboxThreadPages threads;
    private final InboxReplies replies;
    private final InboxReactions reactions;
    private final AnsweringNumbers numbers;
    private final RateLimits limits;

    InboxTalkResource(
            InboxThreadPages threads,
            InboxReplies replies,
            InboxReactions reactions,
            AnsweringNumbers numbers,
            RateLimits limits) {
        this.threads = threads;
        this.replies = replies;
        this.reactions = reactions;
        this.numbers = numbers;
        this.limits = limits;
    }

    /// @param emoji empty takes the reaction back
    @POST
    @Path("inbox/{threadId}/messages/{messageId}/reaction")
    public Response react(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("threadId") String threadId,
            @PathParam("messageId") String messageId,
            @BeanParam InboxFilters filters,
            @FormParam("emoji") @DefaultValue("") String emoji) {
        return limited(
                call,
                shortPath,
                threadId,
                filters,
                (member, id) -> Uuids.parse(messageId)
                        .map(message -> reactions.react(member, id, message, emoji))
                        .orElseGet(Sent.NotFound::new));
    }

    /// @param template its name and language: `order_ready|en_US`
    @POST
    @Path("inbox/{threadId}/template")
    public Response template(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("threadId") String threadId,
            @BeanParam InboxFilters filters,
            @FormParam("key") @DefaultValue("") String key,
            @FormParam("chosen") @DefaultValue("") String template,
            @FormParam("value") List<String> values) {
        return limited(
                call,
                shortPath,
                threadId,
                filters,
                (member, id) -> replies.template(member, id, key, template, List.copyOf(values)));
    }

    @POST
    @Path("inbox/{threadId}/number")
    public Response number(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("threadId") String threadId,
            @BeanParam InboxFilters filters,
            @FormParam("sender") @DefaultValue("") String sender) {
        return threads.on(
                call,
                shortPath,
                threadId,
                (member, id) -> SenderId.parse(sender)
                                .filter(wanted -> numbers.choose(member, id, wanted))
                                .isPresent()
                        ? back(member, id, filters.query())
                        : refused(call, member, id, filters.query(), "That number can’t answer now."));
    }

    private Response limited(
            Call call,
            String shortPath,
            String threadId,
            InboxFilters filters,
            BiFunction<Member, ConversationId, Sent> work) {
        return threads.on(call, shortPath, threadId, (member, id) -> {
            Optional<Duration> wait = limits.take(
                    RateLimit.INBOX_MESSAGES_BY_USER, Participant.of(member).name());
            ThreadQuery query = filters.query();
            if (wait.isPresent()) {
                return Html.retryAfter(
                        wait.get(), refused(call, member, id, query, "Too many messages. Wait a minute."));
            }
            return switch (work.apply(member, id)) {
                case Sent.Done _ -> back(member, id, query);
                case Sent.NotFound _ -> threads.missing(call, member);
                case Sent.Rejected rejected ->
                    refused(call, member, id, query, rejected.invalid().userMessage() + ".");
                case Sent.NoNumber _ ->
                    refused(call, member, id, query, "This workspace has no WhatsApp number. Link one first.");
                case Sent.Full _ -> refused(call, member, id, query, "Try again in a minute.");
            };
        });
    }

    private static Response back(Member member, ConversationId id, ThreadQuery query) {
        return InboxThreadPages.to(member, id.toString(), InboxPages.filters(query));
    }

    private Response refused(Call call, Member member, ConversationId id, ThreadQuery query, String why) {
        return threads.refuse(call, member, id, query, new FormProblem("Message not sent.", why));
    }
}
