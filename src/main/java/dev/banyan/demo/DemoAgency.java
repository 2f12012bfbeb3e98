package dev.banyan.demo;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.brands.SubAccounts;
import dev.banyan.analytics.SampleVisits;
import dev.banyan.demo.SampleBrand.SampleLink;
import dev.banyan.demo.SampleBrand.SampleShortLink;
import dev.banyan.pages.Link;
import dev.banyan.pages.LinkChange;
import dev.banyan.pages.LinkStep;
import dev.banyan.pages.Links;
import dev.banyan.pages.Pages;
import dev.banyan.pages.looks.Appearances;
import dev.banyan.platform.Changes;
import dev.banyan.platform.PackedFile;
import dev.banyan.shortlinks.ShortLinks;
import dev.banyan.themes.Picture;
import dev.banyan.themes.PictureUse;
import dev.banyan.themes.Pictures;
import jakarta.inject.Singleton;

/// The link pages of the sample agency and of its three brands, with pictures that we drew ourselves.
@Singleton
record DemoAgency(
        SubAccounts subAccounts,
        Pages pages,
        Links links,
        Appearances appearances,
        Pictures pictures,
        ShortLinks shortLinks,
        SampleVisits visits,
        ObjectMapper json) {

    static final List<String> USERNAMES =
            SampleBrand.BRANDS.stream().map(SampleBrand::username).toList();

    /// @param acting returns the context of a brand by its username
    void fill(AccountContext agency, Function<String, AccountContext> acting) {
        fill(agency, SampleBrand.AGENCY);
        for (SampleBrand brand : SampleBrand.BRANDS) {
            subAccounts.create(
                    agency,
                    new SubAccounts.NewSubAccount(
                            brand.username(),
                            brand.displayName(),
                            Optional.of("hello@" + brand.username() + ".example"),
                            Optional.of(brand.bio())));
            fill(acting.apply(brand.username()), brand);
        }
    }

    private void fill(AccountContext context, SampleBrand brand) {
        pages.createSample(context, "main", "Main page");
        List<LinkStep> added = brand.links().stream()
                .<LinkStep>map(link -> new LinkStep.Add(change(context, link)))
                .toList();
        links.apply(context, Optional.empty(), added);
        if (!appearances.addSample(context, look(context, brand), brand.icons())) {
            throw new IllegalStateException("The look of " + brand.username() + " was refused");
        }
        for (SampleShortLink link : brand.shortLinks()) {
            shortLinks.addSample(context, link.slug(), link.url(), link.title(), List.of(link.tag()));
        }
        visits.fill(
                context, brand.shortLinks().stream().map(SampleShortLink::slug).toList());
    }

    private Changes<Link> change(AccountContext context, SampleLink link) {
        Changes<Link> plain = LinkChange.plain(link.title(), link.url()).with(LinkChange.LAYOUT, link.layout());
        return link.picture()
                .flatMap(picture -> stored(context, PictureUse.THUMBNAIL, picture))
                .map(address -> plain.with(LinkChange.THUMBNAIL, address).with(LinkChange.THUMBNAIL_TYPE, "image"))
                .orElse(plain);
    }

    private ObjectNode look(AccountContext context, SampleBrand brand) {
        try {
            ObjectNode look = json.readValue(brand.look(), ObjectNode.class);
            look.withObject("/header").put("bio", brand.bio());
            stored(context, PictureUse.AVATAR, brand.picture())
                    .ifPresent(address -> look.put("profileImageUrl", address));
            return look;
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// Returns the address of a picture, once it is stored.
    private Optional<String> stored(AccountContext context, PictureUse use, String name) {
        return pictures.upload(context, use, PackedFile.bytes(DemoAgency.class, name))
                        instanceof Pictures.StoreResult.Done(Picture picture, boolean _)
                ? Optional.of(picture.source())
                : Optional.empty();
    }
}
