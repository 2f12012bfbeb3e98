package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.MessageSchedule;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.contacts.PoolContactStore;
import dev.banyan.whatsapp.history.PortfolioPlaces;
import dev.banyan.whatsapp.messages.Outgoing;
import dev.banyan.whatsapp.messages.Outgoing.Order;
import dev.banyan.whatsapp.messages.Outgoing.Ordered;
import dev.banyan.whatsapp.optouts.OptOut;
import dev.banyan.whatsapp.optouts.OptOutSettings;
import dev.banyan.whatsapp.optouts.OptOutSettingsStore;
import dev.banyan.whatsapp.optouts.OptOutStore;

/// One step of a campaign: orders the next messages and marks their recipients, in one transaction. A step that is
/// repeated after a crash finds them marked, and their keys taken.
record CampaignSteps(Outgoing outgoing, Instant now) {

    /// Most messages of a campaign that wait in the outbox.
    static final int MOST_WAITING = 500;
    /// Fewest, so that a slow pool always has something to send.
    static final int LEAST_WAITING = 20;

    private static final int AT_ONCE = 200;
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration LATER = Duration.ofMinutes(1);
    private static final String FULL = "The queue of the pool is full. The campaign goes on when there is room.";
    static final String CODES_STAND_IN =
            "A pool for codes stands in for this one. The campaign goes on when its own pool works again.";
    private static final String NO_NUMBER =
            "No number of the pool can write to new contacts right now. The campaign goes on when one can.";
    private static final String ENOUGH =
            "WhatsApp limits how much marketing each person gets. Contacts who have had enough get the message a day"
                    + " later.";

    /// What one step found out.
    ///
    /// @param orders what is ordered, by recipient,
    ///     with the number that is to send it, if it matters
    /// @param out who has opted out since
    /// @param twice who has turned out to be another recipient's person since
    private record Plan(Map<Recipient, Optional<SenderId>> orders, List<Recipient> out, List<Recipient> twice) {}

    /// @return whether there is more to do at once
    boolean step(Tx tx, Campaign campaign) {
        AccountId tenant = campaign.tenant();
        UUID id = campaign.id();
        var campaigns = new CampaignStore(tx);
        Optional<String> trouble = CampaignActs.poolTrouble(tx, campaign);
        if (trouble.isPresent()) {
            campaigns.become(tenant, id, CampaignState.PAUSED, trouble, now);
            return false;
        }
        CampaignNumbers numbers =
                CampaignNumbers.of(tx, tenant, campaign.pool()).orElseThrow();
        OptOutSettings settings = new OptOutSettingsStore(tx).find(tenant);
        RecipientCounts counts = new CampaignCountStore(tx).of(tenant, id);
        if (counts.left() == 0) {
            campaigns.become(tenant, id, CampaignState.DONE, Optional.empty(), now);
            return false;
        }
        long waiting = counts.of(RecipientState.WAITING);
        long room = window(numbers, settings) - waiting;
        if (room <= 0 || counts.of(RecipientState.PENDING) == 0) {
            campaigns.lookAgain(tenant, id, now.plus(SOON), campaign.note());
            return false;
        }
        if (numbers.areForCodes()) {
            wait(tx, campaign, CODES_STAND_IN, numbers);
            return false;
        }
        Optional<PortfolioPlaces.Left> places = numbers.places(tx, tenant, campaign.message(), now);
        if (places.filter(left -> left.people() == 0).isPresent()) {
            wait(tx, campaign, full(places.get(), numbers), numbers);
            return false;
        }
        // A message in flight counts twice: as waiting, and as a place that is taken.
        room = Math.min(room, places.map(left -> left.people() - waiting).orElse(room));
        if (room <= 0) {
            campaigns.lookAgain(tenant, id, now.plus(SOON), campaign.note());
            return false;
        }
        var first = new FirstContacts(tx, tenant, numbers, settings.firstContactsPerDay(), now);
        List<Recipient> next = next(tx, campaign, first, (int) Math.min(AT_ONCE, room));
        Plan plan = plan(tx, campaign, numbers, next, first);
        boolean isFull = order(tx, campaign, numbers, plan, first);
        first.save(tx, tenant);
        boolean isStuck = isFull
                || next.isEmpty()
                || plan.orders().isEmpty()
                        && plan.out().isEmpty()
                        && plan.twice().isEmpty();
        if (isStuck) {
            wait(tx, campaign, isFull ? FULL : held(tx, campaign, numbers, settings), numbers);
            return false;
        }
        campaigns.lookAgain(tenant, id, now, Optional.empty());
        return true;
    }

    /// Returns how many messages may wait in the outbox: what the pool sends in about a minute, so that others who
    /// write over it wait no longer, and a pause soon has an effect.
    private static long window(CampaignNumbers numbers, OptOutSettings settings) {
        int perMinute = new CampaignSpeed(numbers, settings.firstContactsPerDay(), Optional.empty(), Optional.empty())
                .perMinute();
        boolean isLimited = numbers.working().stream()
                .allMatch(sender -> sender.traits()
                        .pace()
                        .or(numbers.settings().pace())
                        .perMinute()
                        .isPresent());
        int wanted = isLimited ? Math.max(LEAST_WAITING, Math.min(MOST_WAITING, perMinute)) : MOST_WAITING;
        return Math.min(wanted, Math.max(1, numbers.settings().mostWaiting() / 2));
    }

    private static Plan plan(
            Tx tx, Campaign campaign, CampaignNumbers numbers, List<Recipient> next, FirstContacts first) {
        List<ContactAddress> phones =
                next.stream().flatMap(one -> one.contact().stream()).toList();
        Set<ContactAddress> out = new OptOutStore(tx).among(campaign.tenant(), phones);
        Map<ContactAddress, SenderId> own = phones.isEmpty()
                ? Map.of()
                : new PoolContactStore(tx).findAll(campaign.tenant(), numbers.pool(), phones);
        var orders = new HashMap<Recipient, Optional<SenderId>>();
        var leftOut = new ArrayList<Recipient>();
        Set<ContactAddress> ordered = new RecipientStore(tx).ordered(campaign.tenant(), campaign.id(), phones);
        var twice = new ArrayList<Recipient>();
        for (Recipient one : next) {
            ContactAddress phone = one.contact().orElseThrow();
            if (out.contains(phone)) {
                leftOut.add(one);
            } else if (!ordered.add(phone)) {
                twice.add(one);
            } else if (!one.isFirst() || one.returned().times() > 0) {
                orders.put(one, Optional.empty());
            } else {
                Optional<SenderId> number = first.take(Optional.ofNullable(own.get(phone)));
                // Contacts beyond the limit are left for another day.
                if (number.isPresent()) {
                    orders.put(one, number);
                }
            }
        }
        return new Plan(orders, leftOut, twice);
    }

    /// @return whether the queue of the pool is full
    private boolean order(Tx tx, Campaign campaign, CampaignNumbers numbers, Plan plan, FirstContacts first) {
        AccountId tenant = campaign.tenant();
        List<Recipient> recipients = plan.orders().keySet().stream()
                .sorted((one, other) -> Long.compare(one.position(), other.position()))
                .toList();
        List<Order> orders =
                recipients.stream().map(one -> order(campaign, one)).toList();
        List<Ordered> results = orders.isEmpty()
                ? List.of()
                : outgoing.orderAll(tx, tenant, Actor.SERVER, orders, Optional.of(campaign.id()));
        var changed = new ArrayList<Recipient>();
        plan.out().forEach(one -> changed.add(one.became(RecipientState.OPTED_OUT, Optional.of(OptOut.SENTENCE), now)));
        plan.twice()
                .forEach(one ->
                        changed.add(one.became(RecipientState.DUPLICATE, Optional.of(CampaignLists.ON_LIST), now)));
        var numbersOf = new HashMap<ContactAddress, SenderId>();
        boolean isFull = false;
        for (int i = 0; i < results.size(); i++) {
            Recipient one = recipients.get(i);
            Optional<SenderId> number = plan.orders().getOrDefault(one, Optional.empty());
            switch (results.get(i)) {
                case Ordered.Done(var message, boolean _) -> {
                    changed.add(one.ordered(message.id(), number, now));
                    number.ifPresent(chosen -> numbersOf.put(message.to(), chosen));
                }
                case Ordered.Rejected(var invalid) -> {
                    changed.add(one.became(RecipientState.FAILED, Optional.of(sentence(invalid.userMessage())), now));
                    number.ifPresent(first::giveBack);
                }
                case Ordered.Full _, Ordered.NoPool _, Ordered.Draining _ -> {
                    number.ifPresent(first::giveBack);
                    isFull = true;
                }
            }
        }
        save(tx, campaign, changed);
        assign(tx, campaign, numbers, numbersOf);
        return isFull;
    }

    private static Order order(Campaign campaign, Recipient one) {
        CampaignMessage.Rendered message = campaign.message().render(one.values());
        return new Order(
                campaign.pool(),
                one.contact().orElseThrow(),
                message.text(),
                Optional.empty(),
                message.content(),
                campaign.key(one),
                MessageSchedule.NONE);
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    private static void save(Tx tx, Campaign campaign, List<Recipient> changed) {
        var counts = new EnumMap<RecipientState, Long>(RecipientState.class);
        changed.forEach(one -> counts.merge(one.state(), 1L, Long::sum));
        counts.merge(RecipientState.PENDING, -(long) changed.size(), Long::sum);
        new RecipientStore(tx).update(campaign.tenant(), campaign.id(), changed);
        new CampaignCountStore(tx).add(campaign.tenant(), campaign.id(), counts);
    }

    /// Assigns the numbers that were chosen to the contacts, so that these numbers send.
    private void assign(Tx tx, Campaign campaign, CampaignNumbers numbers, Map<ContactAddress, SenderId> chosen) {
        if (chosen.isEmpty()) {
            return;
        }
        var store = new PoolContactStore(tx);
        store.assignAll(campaign.tenant(), numbers.pool(), chosen, now);
        numbers.home()
                .ifPresent(
                        home -> store.lendTo(campaign.tenant(), numbers.pool(), home, new HashSet<>(chosen.keySet())));
    }

    /// Returns what those who are left wait for.
    private String held(Tx tx, Campaign campaign, CampaignNumbers numbers, OptOutSettings settings) {
        List<Recipient> others = new RecipientStore(tx).pending(campaign.tenant(), campaign.id(), true, 1);
        if (others.isEmpty()) {
            return ENOUGH;
        }
        return numbers.open().isEmpty() ? NO_NUMBER : limited(numbers, settings);
    }

    private void wait(Tx tx, Campaign campaign, String note, CampaignNumbers numbers) {
        // Looked at earlier than tomorrow: a contact may write, or a number may be added.
        Instant next = note.equals(FULL) ? now.plus(SOON) : earlier(now.plus(LATER), tomorrow(numbers));
        new CampaignStore(tx).lookAgain(campaign.tenant(), campaign.id(), next, Optional.of(note));
    }

    /// Returns who is to be ordered next; those who have waited for a day come first.
    private List<Recipient> next(Tx tx, Campaign campaign, FirstContacts first, int most) {
        var store = new RecipientStore(tx);
        var next = new ArrayList<>(store.retries(campaign.tenant(), campaign.id(), now, most));
        if (next.size() < most) {
            next.addAll(store.pending(campaign.tenant(), campaign.id(), !first.isSpent(), most - next.size()));
        }
        return next;
    }

    private static String full(PortfolioPlaces.Left left, CampaignNumbers numbers) {
        return ("The business portfolio has reached its limit of %,d people in 24 hours at WhatsApp. The campaign goes on"
                        + " from %s.")
                .formatted(
                        left.most(),
                        Words.moment(left.opens(), numbers.settings().zone()));
    }

    private String limited(CampaignNumbers numbers, OptOutSettings settings) {
        return "Today’s limit of %,d new contacts per number is reached; it goes on from %s. %s"
                .formatted(
                        settings.firstContactsPerDay(),
                        Words.moment(tomorrow(numbers), numbers.settings().zone()),
                        OptOutSettings.WHY_LIMITED);
    }

    private Instant tomorrow(CampaignNumbers numbers) {
        ZoneId zone = numbers.settings().zone();
        return LocalDate.ofInstant(now, zone).plusDays(1).atStartOfDay(zone).toInstant();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
