package dev.banyan.pages.looks;

import module java.base;
import dev.banyan.pages.OrderedEdits;
import dev.banyan.pages.SocialIcon;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Text;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.WebAddresses;

/// The social icons of an account while a batch changes them. Doesn't access the database.
public final class IconBatch {

    public static final int MOST = 20;

    private static final Pattern PLATFORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Text MAIL = Text.line("url", "URL", 262);
    private static final Pattern MAIL_ADDRESS =
            Pattern.compile("mailto:[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.)+[A-Za-z]{2,63}");
    private static final int LAST_POSITION = 1_000_000;

    /// The result of a step.
    sealed interface Stepped {

        record Done() implements Stepped {}

        record NotFound() implements Stepped {}

        record Rejected(Invalid invalid) implements Stepped {}
    }

    private final OrderedEdits<String, SocialIcon> icons;
    private final Uuids uuids;

    IconBatch(List<SocialIcon> icons, Uuids uuids) {
        this.uuids = uuids;
        this.icons = new OrderedEdits<>(icons, SocialIcon::id);
    }

    Stepped apply(IconStep step) {
        return switch (step) {
            case IconStep.Add add -> add(add);
            case IconStep.Update update -> update(update);
            case IconStep.Remove remove -> {
                icons.remove(remove.id());
                yield new Stepped.Done();
            }
        };
    }

    private Stepped add(IconStep.Add add) {
        if (icons.all().size() >= MOST) {
            return new Stepped.Rejected(new Invalid("socialIcons", "An account has at most " + MOST + " social icons"));
        }
        int end = icons.all().stream().mapToInt(SocialIcon::position).max().orElse(-1) + 1;
        return put(new SocialIcon(
                uuids.next().toString(),
                add.platform().strip(),
                WebAddresses.clean(add.url()),
                add.position().orElse(end),
                add.active()));
    }

    private Stepped update(IconStep.Update update) {
        Optional<SocialIcon> found = icons.find(update.id());
        return found.isEmpty()
                ? new Stepped.NotFound()
                : put(new SocialIcon(
                        found.get().id(),
                        update.platform().map(String::strip).orElse(found.get().platform()),
                        update.url().map(WebAddresses::clean).orElse(found.get().url()),
                        update.position().orElse(found.get().position()),
                        update.active().orElse(found.get().active())));
    }

    private Stepped put(SocialIcon icon) {
        Optional<Invalid> broken = broken(icon);
        if (broken.isPresent()) {
            return new Stepped.Rejected(broken.get());
        }
        icons.put(icon);
        return new Stepped.Done();
    }

    /// Returns the rule that an icon breaks.
    public static Optional<Invalid> broken(SocialIcon icon) {
        if (!PLATFORM.matcher(icon.platform()).matches()) {
            return Optional.of(new Invalid(
                    "platform", "platform must be a name such as instagram, at most 40 characters of a-z, 0-9 and -"));
        }
        if (icon.position() < 0 || icon.position() > LAST_POSITION) {
            return Optional.of(new Invalid("order", "order must be a number from 0 to " + LAST_POSITION));
        }
        boolean mail = MAIL.broken(icon.url()).isEmpty()
                && MAIL_ADDRESS.matcher(icon.url()).matches();
        return mail ? Optional.empty() : WebAddresses.broken(icon.url());
    }

    OrderedEdits<String, SocialIcon> icons() {
        return icons;
    }
}
