package dev.banyan.pages;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Changes;
import dev.banyan.platform.Invalid;
import dev.banyan.themes.Picture;
import dev.banyan.themes.PictureUse;
import dev.banyan.themes.Pictures;
import jakarta.inject.Singleton;

/// The pictures of links: a picture named by an address is fetched once, outside of any transaction, and then served by
/// us, so that pages never load external content.
@Singleton
public record Thumbnails(Pictures pictures) {

    /// Limit per request, so that a client doesn't wait too long.
    static final int MOST_AT_ONCE = 10;

    /// The result of fetching pictures.
    sealed interface Fetched {

        /// @param steps the same steps with their pictures
        record Good(List<LinkStep> steps, List<String> still) implements Fetched {}

        /// @param step index of the step, from 0
        record Bad(int step, Invalid why) implements Fetched {}
    }

    public static boolean isAddress(String thumbnail) {
        String typed = thumbnail.strip().toLowerCase(Locale.ROOT);
        return typed.startsWith("https://") || typed.startsWith("http://");
    }

    static boolean isNamedIn(List<LinkStep> steps) {
        return steps.stream().anyMatch(step -> address(step).isPresent());
    }

    private static Optional<String> address(LinkStep step) {
        return wish(step)
                .filter(wish -> wish.get(LinkChange.THUMBNAIL_IMAGE).isEmpty())
                .flatMap(wish -> wish.get(LinkChange.THUMBNAIL))
                .map(String::strip)
                .filter(Thumbnails::isAddress);
    }

    private static Optional<Changes<Link>> wish(LinkStep step) {
        return switch (step) {
            case LinkStep.Add(Changes<Link> wish) -> Optional.of(wish);
            case LinkStep.Update(String _, Changes<Link> wish) -> Optional.of(wish);
            case LinkStep.Remove _,
                    LinkStep.AddGroup _,
                    LinkStep.UpdateGroup _,
                    LinkStep.RemoveGroup _,
                    LinkStep.Move _,
                    LinkStep.Place _ -> Optional.empty();
        };
    }

    private static LinkStep with(LinkStep step, Picture picture) {
        return switch (step) {
            case LinkStep.Add(Changes<Link> wish) -> new LinkStep.Add(LinkChange.withPicture(wish, picture));
            case LinkStep.Update(String id, Changes<Link> wish) ->
                new LinkStep.Update(id, LinkChange.withPicture(wish, picture));
            case LinkStep.Remove _,
                    LinkStep.AddGroup _,
                    LinkStep.UpdateGroup _,
                    LinkStep.RemoveGroup _,
                    LinkStep.Move _,
                    LinkStep.Place _ -> step;
        };
    }

    /// @param before the links of the page; a picture with the same address is not fetched again
    Fetched fetch(AccountContext context, List<LinkStep> steps, List<Link> before) {
        Map<String, Picture> here = new HashMap<>();
        before.stream()
                .map(Link::decoration)
                .forEach(look -> look.thumbnailImage()
                        .ifPresent(id -> here.put(look.thumbnail(), new Picture(look.thumbnail(), id))));
        List<String> still = new ArrayList<>();
        int fetched = 0;
        List<LinkStep> done = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            LinkStep step = steps.get(i);
            Optional<String> address = address(step);
            if (address.isPresent() && !here.containsKey(address.get())) {
                if (fetched == MOST_AT_ONCE) {
                    return new Fetched.Bad(i, invalid("Add at most " + MOST_AT_ONCE + " new pictures in one request."));
                }
                fetched++;
                switch (pictures.fetch(context, PictureUse.THUMBNAIL, address.get())) {
                    case Pictures.StoreResult.Done(Picture media, boolean isStill) -> {
                        here.put(address.get(), media);
                        if (isStill) {
                            still.add(address.get());
                        }
                    }
                    case Pictures.StoreResult.Refused(String why) -> {
                        return new Fetched.Bad(i, invalid(why));
                    }
                }
            }
            done.add(address.map(one -> with(step, here.getOrDefault(one, new Picture(one, ""))))
                    .orElse(step));
        }
        return new Fetched.Good(List.copyOf(done), List.copyOf(still));
    }

    private static Invalid invalid(String why) {
        return new Invalid(
                "thumbnail", "thumbnail: " + why, why.substring(0, 1).toUpperCase(Locale.ROOT) + why.substring(1));
    }

    /// Stores an uploaded picture of a link.
    Pictures.StoreResult upload(AccountContext context, byte[] bytes) {
        return pictures.upload(context, PictureUse.THUMBNAIL, bytes);
    }
}
