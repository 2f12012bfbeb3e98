package dev.banyan.accounts;

import module java.base;
import dev.banyan.accounts.plans.SubscriptionStatus;

/// A model of an agency, in a hundred lines without a database: [AgencyModelTest] compares the real one with it.
public final class AgencyModel {

    private static final long UNLIMITED = -1;

    private static final Duration THIRTY_DAYS = Duration.ofDays(30);

    /// A sub-account; numbered from 0, oldest first.
    public static final class Brand {
        public AccountStatus status = AccountStatus.ACTIVE;
        public boolean byPlan;
        boolean byAgency;
        boolean chosen;
        Optional<Instant> deletedAt = Optional.empty();
        /// When it will be, or was, suspended because it is beyond the plan.
        Optional<Instant> deadline = Optional.empty();
        public long pages;

        public boolean isThere() {
            return status != AccountStatus.DELETED;
        }

        public boolean isReadOnly() {
            return isThere() && !byPlan && deadline.isPresent();
        }

        public boolean isWritable() {
            return status == AccountStatus.ACTIVE && deadline.isEmpty();
        }
    }

    private final boolean shared;
    public final List<Brand> brands = new ArrayList<>();
    public Instant now;
    public Plan bought;
    public SubscriptionStatus status = SubscriptionStatus.ACTIVE;
    public Optional<Instant> paidUntil = Optional.empty();
    public Optional<Instant> graceEnd = Optional.empty();
    /// The brands that had the grace period are suspended or fit again, though its time is not over.
    private boolean over;
    long noticedDay;
    public int mails;
    public long rootPages;

    public AgencyModel(boolean shared, Instant now, Plan bought) {
        this.shared = shared;
        this.now = now;
        this.bought = bought;
    }

    public Plan plan() {
        boolean holds = switch (status) {
            case ACTIVE, TRIAL -> true;
            case CANCELLED -> paidUntil.isPresent() && now.isBefore(paidUntil.get());
            case EXPIRED, SUSPENDED -> false;
        };
        return holds ? bought : Plan.FREE;
    }

    public int room() {
        return plan().agencyPermission().isEmpty() ? 0 : (int) plan().packSize().number();
    }

    public long used() {
        return brands.stream().filter(Brand::isThere).count();
    }

    public Tier brandTier() {
        return plan().agencyPermission()
                .map(permission -> plan().tier().compareTo(permission.ceiling) < 0 ? plan().tier() : permission.ceiling)
                .orElse(Tier.FREE);
    }

    public boolean mayCreate() {
        return plan().agencyPermission().isPresent() && used() < room();
    }

    public void create() {
        brands.add(new Brand());
    }

    public void delete(Brand brand) {
        brand.status = AccountStatus.DELETED;
        brand.deletedAt = Optional.of(now);
        brand.deadline = Optional.empty();
        brand.byPlan = false;
        brand.chosen = false;
        settle();
    }

    public boolean mayRestore(Brand brand) {
        return brand.deletedAt.filter(at -> now.isBefore(at.plus(THIRTY_DAYS))).isPresent() && mayCreate();
    }

    public void restore(Brand brand) {
        brand.status = brand.byAgency ? AccountStatus.SUSPENDED : AccountStatus.ACTIVE;
        brand.deletedAt = Optional.empty();
        settle();
    }

    public void suspend(Brand brand) {
        if (brand.status == AccountStatus.ACTIVE) {
            brand.status = AccountStatus.SUSPENDED;
            brand.byAgency = true;
        }
    }

    public boolean mayReactivate(Brand brand) {
        boolean hadItsTime = brand.deadline.filter(end -> !end.isAfter(now)).isPresent();
        return !hadItsTime || used() <= room();
    }

    public void reactivate(Brand brand) {
        brand.status = AccountStatus.ACTIVE;
        brand.byAgency = false;
        settle();
    }

    public boolean mayChoose(Set<Integer> numbers) {
        return used() > room()
                && numbers.size() <= room()
                && numbers.stream().allMatch(number -> brands.get(number).isThere());
    }

    public void choose(Set<Integer> numbers) {
        for (int number = 0; number < brands.size(); number++) {
            brands.get(number).chosen = numbers.contains(number);
        }
        settle();
    }

    public void job() {
        if (status == SubscriptionStatus.CANCELLED && plan() == Plan.FREE) {
            status = SubscriptionStatus.EXPIRED;
        }
        settle();
        long day = graceEnd.map(
                        end -> Duration.between(end.minus(THIRTY_DAYS), now).toDays())
                .orElse(-1L);
        if (graceEnd.filter(now::isBefore).isPresent() && hasReadOnly()) {
            for (long due : List.of(29L, 21L, 7L)) {
                if (day >= due && noticedDay < due) {
                    noticedDay = due;
                    mails++;
                    break;
                }
            }
        }
    }

    private boolean hasReadOnly() {
        return brands.stream().anyMatch(Brand::isReadOnly);
    }

    /// Gives brands beyond the plan thirty days, once; suspends those whose time is over.
    public void settle() {
        List<Brand> inOrder = brands.stream()
                .filter(Brand::isThere)
                .sorted(Comparator.comparing(brand -> !brand.chosen))
                .toList();
        long spent = inOrder.stream().filter(this::isDue).count();
        List<Brand> excess = inOrder.subList(Math.min(room(), inOrder.size()), inOrder.size());
        for (Brand brand : inOrder.subList(0, inOrder.size() - excess.size())) {
            brand.deadline = Optional.empty();
            if (brand.byPlan) {
                brand.byPlan = false;
                brand.status = AccountStatus.ACTIVE;
            }
        }
        if (excess.isEmpty()) {
            graceEnd = Optional.empty();
            brands.forEach(brand -> brand.chosen = false);
            return;
        }
        List<Brand> fresh =
                excess.stream().filter(brand -> brand.deadline.isEmpty()).toList();
        boolean running = !over && graceEnd.filter(now::isBefore).isPresent();
        if (!fresh.isEmpty() && !running && (graceEnd.isEmpty() || excess.size() > spent)) {
            graceEnd = Optional.of(now.plus(THIRTY_DAYS));
            noticedDay = 0;
            mails++;
            running = true;
        }
        Instant deadline = running ? graceEnd.orElseThrow() : now;
        fresh.forEach(brand -> brand.deadline = Optional.of(deadline));
        over = excess.stream()
                .noneMatch(brand -> brand.deadline.filter(now::isBefore).isPresent());
        excess.stream()
                .filter(this::isDue)
                .filter(brand -> brand.status == AccountStatus.ACTIVE)
                .forEach(brand -> {
                    brand.status = AccountStatus.SUSPENDED;
                    brand.byPlan = true;
                });
    }

    private boolean isDue(Brand brand) {
        return brand.deadline.filter(end -> !end.isAfter(now)).isPresent();
    }

    public long pagesOfAll() {
        return rootPages
                + brands.stream()
                        .filter(Brand::isThere)
                        .mapToLong(brand -> brand.pages)
                        .sum();
    }

    long pageLimit(Optional<Brand> of) {
        return (shared || of.isEmpty() ? plan().tier() : brandTier())
                .limit(PlanQuota.PAGES)
                .number();
    }

    public boolean mayAddPages(Optional<Brand> to, long amount) {
        long limit = pageLimit(to);
        long before = shared ? pagesOfAll() : to.map(brand -> brand.pages).orElse(rootPages);
        return limit == UNLIMITED || before + amount <= limit;
    }

    /// Returns how many pages an account shows.
    public long shownPages(Optional<Brand> of) {
        long own = of.map(brand -> brand.pages).orElse(rootPages);
        long limit = pageLimit(of);
        if (limit == UNLIMITED) {
            return own;
        }
        if (!shared) {
            return Math.min(own, limit);
        }
        long before = of.isEmpty() ? 0 : rootPages;
        for (Brand brand : brands) {
            if (of.isEmpty() || brand == of.get()) {
                break;
            }
            before += brand.isThere() ? brand.pages : 0;
        }
        return Math.clamp(limit - before, 0L, own);
    }
}
