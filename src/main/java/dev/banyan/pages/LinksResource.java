package dev.banyan.pages;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.context.AccountRequest;
import dev.banyan.accounts.plans.FeatureFailure;
import dev.banyan.analytics.LinkTrends.Trend;
import dev.banyan.pages.LinkLists.Listed;
import dev.banyan.pages.Links.Applied;
import dev.banyan.pages.Links.OnPage;
import dev.banyan.platform.Changes;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Links in the API (LinkToMe contract 2.5).
@Path("/api/admin")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Links", description = "The links of a page and their groups.")
public class LinksResource {

    /// @param exceedsTierLimit kept but not shown, because it is beyond the plan's limit
    /// @param schedule present only if enabled, like `lock`
    /// @param layoutExceedsTier the tier no longer has layouts, and visitors see the link without; the other flags
    ///     likewise
    /// @param lockExceedsTier the tier no longer has locks; this one stays in force, and can only be removed
    @JsonInclude(Include.NON_ABSENT)
    record LinkView(
            LinkId id,

            @Schema(description = "`link`, `heading` or `text`")
            String type,

            String title,
            String url,

            @Schema(description = "The words of type text") Optional<String> text,

            int order,
            boolean active,
            Optional<String> icon,
            Optional<String> thumbnail,

            @Schema(implementation = LinkStyle.ThumbnailType.class)
            Optional<String> thumbnailType,

            @Schema(implementation = LinkStyle.Layout.class) String layout,

            @Schema(implementation = LinkStyle.Animation.class)
            String animation,

            Optional<ScheduleView> schedule,
            Optional<LockView> lock,
            @JsonInclude Optional<String> groupId,
            long clicks,

            @Schema(
                    description =
                            "`up`, `down` or `neutral`: the last seven days against the seven before; not on all tiers")
            Optional<String> clicksTrend,

            boolean exceedsTierLimit,
            boolean layoutExceedsTier,
            boolean animationExceedsTier,
            boolean scheduleExceedsTier,
            boolean lockExceedsTier) {

        static LinkView of(AccountContext context, Link link, Listed listed) {
            OnPage on = listed.on();
            LinkStyle decoration = link.decoration();
            Set<Feature> beyond = LinkFlags.beyond(link, on.tier());
            return new LinkView(
                    link.id(),
                    link.kind().key(),
                    link.title(),
                    link.url(),
                    filled(link.text()),
                    link.position(),
                    link.active(),
                    filled(decoration.icon()),
                    filled(decoration.thumbnail()),
                    decoration.thumbnailType().map(LinkStyle.ThumbnailType::key),
                    decoration.layout().key(),
                    decoration.animation().key(),
                    link.schedule().map(ScheduleView::of),
                    link.lock().map(lock -> LockView.of(lock.shownTo(context))),
                    link.group(),
                    link.clicks(),
                    listed.trend(link.id()).map(Trend::key),
                    on.flagged().links().contains(link.id()),
                    beyond.contains(Feature.CUSTOM_LAYOUTS),
                    beyond.contains(Feature.LINK_ANIMATIONS),
                    beyond.contains(Feature.LINK_SCHEDULING),
                    beyond.contains(Feature.LINK_LOCKING));
        }
    }

    private static Optional<String> filled(String text) {
        return Optional.of(text).filter(one -> !one.isEmpty());
    }

    record ScheduleView(boolean enabled, String startDate, String endDate, String timezone) {

        static ScheduleView of(LinkSchedule schedule) {
            return new ScheduleView(true, schedule.start(), schedule.end(), schedule.zone());
        }
    }

    /// @param code only for the owner, if the lock has one
    @JsonInclude(Include.NON_ABSENT)
    record LockView(
            boolean enabled,
            @Schema(implementation = LinkLock.Type.class) String type,
            Optional<String> code,
            Optional<String> message) {

        static LockView of(LinkLock lock) {
            return new LockView(true, lock.type().key(), filled(lock.code()), filled(lock.message()));
        }
    }

    record GroupView(
            String id,
            String title,
            int order,
            boolean active,
            @Schema(implementation = GroupLayout.class) String layout,
            boolean collapsed,
            boolean exceedsTierLimit) {

        static GroupView of(LinkGroup group, OnPage on) {
            return new GroupView(
                    group.id(),
                    group.title(),
                    group.position(),
                    group.active(),
                    group.layout().key(),
                    group.collapsed(),
                    on.flagged().groups().contains(group.id()));
        }
    }

    record LinkList(List<LinkView> links, List<GroupView> groups) {

        static LinkList of(AccountContext context, Listed listed) {
            OnPage on = listed.on();
            return new LinkList(
                    on.links().stream()
                            .map(link -> LinkView.of(context, link, listed))
                            .toList(),
                    on.groups().stream().map(group -> GroupView.of(group, on)).toList());
        }
    }

    @NoOtherFields
    record ScheduleBody(
            @Schema(description = "false removes the schedule; true if absent")
            Optional<Boolean> enabled,

            @Schema(description = "Such as 2027-01-01T00:00, in the time zone or with an offset; empty means always")
            Optional<String> startDate,

            @Schema(description = "Same format as startDate; must be later")
            Optional<String> endDate,

            @Schema(description = "An IANA name such as Asia/Dubai; UTC if absent")
            Optional<String> timezone) {

        Optional<LinkChange.ScheduleChange> wish() {
            return enabled.orElse(true)
                    ? Optional.of(new LinkChange.ScheduleChange(
                            startDate.orElse(""), endDate.orElse(""), timezone.orElse("")))
                    : Optional.empty();
        }
    }

    @NoOtherFields
    record LockBody(
            @Schema(description = "false removes the lock; true if absent")
            Optional<Boolean> enabled,

            @Schema(description = "`code`, `age` or `sensitive`")
            Optional<String> type,

            @Schema(description = "1 to 100 characters; required for type code")
            Optional<String> code,

            @Schema(description = "At most 500 characters") Optional<String> message) {

        Optional<LinkChange.LockChange> wish() {
            return enabled.orElse(true)
                    ? Optional.of(new LinkChange.LockChange(type.orElse(""), code.orElse(""), message.orElse("")))
                    : Optional.empty();
        }
    }

    record LinkStepBody(
            @Schema(description = "`add`, `update` or `remove`")
            Optional<String> operation,

            @Schema(description = "Required for update and remove")
            Optional<String> id,

            @Schema(description = "`link`, `heading` or `text`; link if absent in add, and fixed from then on")
            Optional<String> type,

            @Schema(description = "1 to 100 characters; required for add, but not for type text")
            Optional<String> title,

            @Schema(description = "http, https, tel, sms or mailto, at most 2048 characters; required to add a link")
            Optional<String> url,

            @Schema(description = "1 to 500 characters; required to add type text")
            Optional<String> text,

            @Schema(description = "0 to 1000000; a new link without it goes to the end")
            Optional<Integer> order,

            @Schema(description = "Whether visitors see it; true if absent in add")
            Optional<Boolean> active,

            @Schema(implementation = String.class, description = "At most 500 characters; null for none")
            FieldChange<String> icon,

            @Schema(
                    implementation = String.class,
                    description = "The URL of a picture (fetched once and served from here), an emoji or an icon name, "
                            + "at most 2048 characters; at most 10 new pictures in one request; null for none")
            FieldChange<String> thumbnail,

            @Schema(implementation = String.class, description = "icon, image or emoji; null for none")
            FieldChange<String> thumbnailType,

            @Schema(
                    implementation = String.class,
                    description = "classic, featured, thumbnail-left or thumbnail-right; null for classic")
            FieldChange<String> layout,

            @Schema(implementation = String.class, description = "none, shake, pulse, bounce or glow; null for none")
            FieldChange<String> animation,

            @Schema(implementation = ScheduleBody.class, description = "When it is shown; null means always")
            FieldChange<ScheduleBody> schedule,

            @Schema(implementation = LockBody.class, description = "The lock in front of the link; null means no lock")
            FieldChange<LockBody> lock,

            @Schema(implementation = String.class, description = "A group on the page; null moves the link out")
            FieldChange<String> groupId) {

        /// Treats "" like null, because clients send it instead.
        Changes<Link> wish() {
            return Changes.<Link>none()
                    .withIf(LinkChange.TITLE, title)
                    .withIf(LinkChange.URL, url)
                    .withIf(LinkChange.KIND, type)
                    .withIf(LinkChange.TEXT, text)
                    .withIf(LinkChange.POSITION, order)
                    .withIf(LinkChange.ACTIVE, active)
                    .withIf(LinkChange.ICON, icon.or(""))
                    .withIf(LinkChange.THUMBNAIL, thumbnail.or(""))
                    .withIf(LinkChange.THUMBNAIL_TYPE, thumbnailType.or(""))
                    .withIf(LinkChange.LAYOUT, layout.or(""))
                    .withIf(LinkChange.ANIMATION, animation.or(""))
                    .withIf(LinkChange.SCHEDULE, schedule.wanted().map(body -> body.flatMap(ScheduleBody::wish)))
                    .withIf(LinkChange.LOCK, lock.wanted().map(body -> body.flatMap(LockBody::wish)))
                    .withIf(LinkChange.GROUP, groupId.wanted().map(id -> id.filter(text -> !text.isEmpty())));
        }
    }

    record GroupStepBody(
            @Schema(description = "`add`, `update` or `remove`")
            Optional<String> operation,

            @Schema(description = "Required for update and remove")
            Optional<String> id,

            @Schema(description = "1 to 100 characters; required for add")
            Optional<String> title,

            @Schema(description = "0 to 1000000; a new group without it goes to the end")
            Optional<Integer> order,

            @Schema(description = "Whether visitors see it; true if absent in add")
            Optional<Boolean> active,

            @Schema(description = "`stack`, `grid` or `carousel`; stack if absent in add")
            Optional<String> layout,

            @Schema(description = "Whether it is collapsed until a visitor opens it")
            Optional<Boolean> collapsed) {

        Changes<LinkGroup> wish() {
            return Changes.<LinkGroup>none()
                    .withIf(LinkGroupChange.TITLE, title)
                    .withIf(LinkGroupChange.POSITION, order)
                    .withIf(LinkGroupChange.ACTIVE, active)
                    .withIf(LinkGroupChange.LAYOUT, layout.filter(key -> !key.isEmpty()))
                    .withIf(LinkGroupChange.COLLAPSED, collapsed);
        }
    }

    record LinkBatchBody(Optional<List<LinkStepBody>> links, Optional<List<GroupStepBody>> groups) {}

    /// A link or group that was added.
    record CreatedItem(String id, String title) {}

    /// @param created links in the order of their steps
    /// @param createdGroups groups in the same way
    /// @param firstFrameOnly thumbnails that are animations, of which only the first frame was kept
    /// @param warnings names what was to be removed and isn't there
    record LinksDone(
            boolean success,
            String message,
            List<CreatedItem> created,
            @JsonInclude(Include.NON_EMPTY) List<CreatedItem> createdGroups,
            @JsonInclude(Include.NON_EMPTY) List<String> firstFrameOnly,
            @JsonInclude(Include.NON_EMPTY) List<String> warnings) {}

    private final Links links;
    private final LinkLists lists;

    LinksResource(Links links, LinkLists lists) {
        this.links = links;
        this.lists = lists;
    }

    @GET
    @Path("GetLinks")
    @Operation(summary = "List the links of a page; without pageId, of the default page")
    @APIResponseSchema(value = LinkList.class, responseDescription = "The links, in display order")
    @APIResponse(responseCode = "404", description = "Page not found")
    public LinkList list(@Context AccountRequest request, @QueryParam("pageId") Optional<String> pageId) {
        Optional<PageId> page = PagesResource.orDefault(pageId);
        return lists.list(request.context(), page)
                .map(found -> LinkList.of(request.context(), found))
                .orElseGet(() -> {
                    if (page.isPresent()) {
                        throw AccountRequest.refused(404, PagesResource.UNKNOWN);
                    }
                    return new LinkList(List.of(), List.of());
                });
    }

    @PUT
    @Path("UpdateLinks")
    @Operation(summary = "Add, change and remove links and groups in one transaction")
    @APIResponseSchema(value = LinksDone.class, responseDescription = "Applied")
    @APIResponse(responseCode = "400", description = "A step is invalid; the error names the field and the rule")
    @APIResponse(responseCode = "403", description = "The tier's limit is reached, or it lacks a feature")
    @APIResponse(responseCode = "404", description = "Page, link or group not found")
    public LinksDone update(
            @Context AccountRequest request, @QueryParam("pageId") Optional<String> pageId, LinkBatchBody body) {
        Optional<PageId> page = PagesResource.orDefault(pageId);
        // Groups first, so that a link may be moved into a group changed by the same request.
        List<GroupStepBody> groups = body.groups().orElse(List.of());
        List<LinkStep> steps = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            GroupStepBody step = groups.get(i);
            steps.add(
                    switch (read("groups[" + i + "]", step.operation(), step.id())) {
                        case Read.Add _ -> new LinkStep.AddGroup(step.wish());
                        case Read.Update(String id) ->
                            new LinkStep.UpdateGroup(id, AccountRequest.asked("groups[" + i + "]: ", step.wish()));
                        case Read.Remove(String id) -> new LinkStep.RemoveGroup(id);
                    });
        }
        List<LinkStepBody> typed = body.links().orElse(List.of());
        for (int i = 0; i < typed.size(); i++) {
            LinkStepBody step = typed.get(i);
            steps.add(
                    switch (read("links[" + i + "]", step.operation(), step.id())) {
                        case Read.Add _ -> new LinkStep.Add(step.wish());
                        case Read.Update(String id) ->
                            new LinkStep.Update(id, AccountRequest.asked("links[" + i + "]: ", step.wish()));
                        case Read.Remove(String id) -> new LinkStep.Remove(id);
                    });
        }
        if (steps.isEmpty()) {
            throw AccountRequest.refused(400, "links or groups is required, with at least one step");
        }
        return done(links.apply(request.context(), page, steps), groups.size());
    }

    private sealed interface Read {

        record Add() implements Read {}

        record Update(String id) implements Read {}

        record Remove(String id) implements Read {}
    }

    /// @param step its place in the body, for what is wrong with it
    private static Read read(String step, Optional<String> operation, Optional<String> id) {
        return switch (operation.orElse("").toLowerCase(Locale.ROOT)) {
            case "add" -> new Read.Add();
            case "update" -> new Read.Update(known(step, id));
            case "remove" -> new Read.Remove(known(step, id));
            default -> throw AccountRequest.refused(400, step + ": operation must be add, update or remove");
        };
    }

    private static String known(String step, Optional<String> id) {
        return id.orElseThrow(() -> AccountRequest.refused(400, step + ": id is required"));
    }

    /// @param groups number of steps for groups, which come first
    private static LinksDone done(Applied applied, int groups) {
        return switch (applied) {
            case Applied.Done done ->
                new LinksDone(
                        true,
                        "Links updated successfully",
                        done.added().stream()
                                .map(link -> new CreatedItem(link.id().toString(), link.title()))
                                .toList(),
                        done.addedGroups().stream()
                                .map(group -> new CreatedItem(group.id(), group.title()))
                                .toList(),
                        done.still(),
                        done.unknown().stream()
                                .map(id -> "There is no link or group to remove: " + id)
                                .toList());
            case Applied.PageNotFound _ -> throw AccountRequest.refused(404, PagesResource.UNKNOWN);
            case Applied.LinkNotFound _ -> throw AccountRequest.refused(404, "Link not found");
            case Applied.GroupNotFound _ -> throw AccountRequest.refused(404, "Group not found");
            case Applied.TooManySteps _ ->
                throw AccountRequest.refused(
                        400, "At most " + Links.MOST_IN_A_BATCH + " links and groups can be added or changed at once");
            case Applied.LimitReached(PlanLimit limit) -> throw PagesResource.overLimit(limit.sentence(), limit);
            case Applied.NotInTier lacking ->
                throw AccountRequest.refused(403, FeatureFailure.of(lacking.feature(), lacking.tier()));
            case Applied.PageOverLimit(PlanLimit limit) ->
                throw PagesResource.overLimit(PagesResource.OVER_LIMIT, limit);
            case Applied.Rejected rejected -> {
                Invalid invalid = rejected.invalid().getFirst();
                String step = rejected.step() < groups
                        ? "groups[" + rejected.step() + "]"
                        : "links[" + (rejected.step() - groups) + "]";
                throw AccountRequest.invalid(
                        new Invalid(step + "." + invalid.field(), step + ": " + invalid.apiMessage()));
            }
        };
    }
}
