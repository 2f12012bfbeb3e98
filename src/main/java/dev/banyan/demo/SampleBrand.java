package dev.banyan.demo;

import module java.base;

/// The link page of an invented brand.
///
/// @param picture the resource with its picture
/// @param look the changes of its appearance, as JSON of the LinkToMe contract
/// @param icons addresses of social icons by platform
record SampleBrand(
        String username,
        String displayName,
        String bio,
        String picture,
        String look,
        Map<String, String> icons,
        List<SampleLink> links,
        List<SampleShortLink> shortLinks) {

    /// @param layout `classic`, `featured` or `thumbnail-left`
    /// @param picture the resource with its thumbnail
    record SampleLink(String title, String url, String layout, Optional<String> picture) {

        static SampleLink of(String title, String url) {
            return new SampleLink(title, url, "classic", Optional.empty());
        }

        static SampleLink pictured(String title, String url, String picture) {
            return new SampleLink(title, url, "thumbnail-left", Optional.of(picture));
        }

        static SampleLink featured(String title, String url, String picture) {
            return new SampleLink(title, url, "featured", Optional.of(picture));
        }
    }

    record SampleShortLink(String slug, String url, String title, String tag) {}

    static final SampleBrand AGENCY = new SampleBrand(
            "creativeagency",
            "Creative Agency",
            "Brands, pages and conversations for shops by the sea.",
            "agency.jpg",
            """
            {"theme": "lake", "text": {"titleSize": "large"}}""",
            Map.of("instagram", "https://photos.example.org/creative", "linkedin", "https://work.example.org/creative"),
            List.of(
                    SampleLink.featured("Our work", "https://creative.example/work", "agency-work.jpg"),
                    SampleLink.of("What we do", "https://creative.example/services"),
                    SampleLink.pictured("Meet the team", "https://creative.example/team", "agency-team.jpg"),
                    SampleLink.of("Start a project", "https://creative.example/start")),
            List.of(
                    new SampleShortLink(
                            "creative-card", "https://creative.example/services", "Business cards", "print"),
                    new SampleShortLink("creative-talk", "https://creative.example/talk", "Talk slides", "events")));

    static final List<SampleBrand> BRANDS = List.of(
            new SampleBrand(
                    "clientbrand1",
                    "Marula Skincare",
                    "Cold-pressed oils from one orchard and eleven women.",
                    "marula.jpg",
                    """
                    {"theme": "custom", "customTheme": true,
                     "wallpaper": {"type": "gradient", "gradientStart": "#fffaf1", "gradientEnd": "#e9dfc9",
                      "gradientDirection": 180},
                     "buttons": {"type": "solid", "cornerRadius": "rounded", "shadow": "subtle",
                      "backgroundColor": "#2f4a36", "textColor": "#fffaf1", "hoverEffect": "lift"},
                     "text": {"titleFont": "playfair", "bodyFont": "lato", "titleColor": "#26352a",
                      "pageTextColor": "#3f4c3e", "titleSize": "large", "bioOpacity": 1}}""",
                    Map.of("instagram", "https://photos.example.org/marula", "email", "mailto:hello@marula.example"),
                    List.of(
                            SampleLink.featured(
                                    "Shop the winter set", "https://shop.marula.example/winter", "marula-orchard.jpg"),
                            SampleLink.pictured("Face oil, 30 ml", "https://shop.marula.example/oil", "marula-oil.jpg"),
                            SampleLink.pictured(
                                    "Body balm, 120 g", "https://shop.marula.example/balm", "marula-balm.jpg"),
                            SampleLink.pictured(
                                    "Soap bar, 90 g", "https://shop.marula.example/soap", "marula-soap.jpg"),
                            SampleLink.of("Find your oil in 2 minutes", "https://marula.example/quiz"),
                            SampleLink.of("The orchard journal", "https://journal.marula.example")),
                    List.of(new SampleShortLink(
                            "marula-winter", "https://shop.marula.example/winter", "Winter set", "ads"))),
            new SampleBrand(
                    "clientbrand2",
                    "Harbour Coffee",
                    "Beans roasted on Tuesdays, poured every day.",
                    "harbour.jpg",
                    """
                    {"theme": "custom", "customTheme": true,
                     "wallpaper": {"type": "gradient", "gradientStart": "#cfe3e6", "gradientEnd": "#f4ede3",
                      "gradientDirection": 180},
                     "buttons": {"type": "solid", "cornerRadius": "rounded", "shadow": "subtle",
                      "backgroundColor": "#fffdf9", "textColor": "#5b2a17", "hoverEffect": "lift"},
                     "text": {"titleFont": "poppins", "bodyFont": "poppins", "titleColor": "#2b2420",
                      "pageTextColor": "#4c423a", "titleSize": "large", "bioOpacity": 1}}""",
                    Map.of("instagram", "https://photos.example.org/harbour", "email", "mailto:hello@harbour.example"),
                    List.of(
                            SampleLink.pictured(
                                    "Order beans online", "https://harbour.example/beans", "harbour-beans.jpg"),
                            SampleLink.pictured("Breakfast", "https://harbour.example/menu", "harbour-breakfast.jpg"),
                            SampleLink.pictured("Evening", "https://harbour.example/evening", "harbour-evening.jpg"),
                            SampleLink.pictured(
                                    "Find us at Quay 4", "https://maps.example.org/quay4", "harbour-quay.jpg"),
                            SampleLink.of("Join the tasting on Friday", "https://tickets.example.org/tasting")),
                    List.of(new SampleShortLink(
                            "harbour-menu", "https://harbour.example/menu", "Menu on the tables", "print"))),
            new SampleBrand(
                    "clientbrand3",
                    "Studio Noor",
                    "Low light, long notes. The new record, Tidal, is out now.",
                    "noor.jpg",
                    """
                    {"theme": "custom", "customTheme": true,
                     "header": {"profileImageLayout": "hero"},
                     "wallpaper": {"type": "gradient", "gradientStart": "#2c1a55", "gradientEnd": "#0a2a33",
                      "gradientDirection": 160},
                     "buttons": {"type": "solid", "cornerRadius": "pill", "shadow": "none",
                      "backgroundColor": "#8ff0e0", "textColor": "#08211e", "hoverEffect": "glow"},
                     "text": {"titleFont": "montserrat", "bodyFont": "dm-sans", "titleColor": "#efeaff",
                      "pageTextColor": "#d6cdea", "titleSize": "large", "bioOpacity": 1}}""",
                    Map.of("instagram", "https://photos.example.org/noor", "youtube", "https://video.example.org/noor"),
                    List.of(
                            SampleLink.of("Listen to Tidal", "https://music.example.org/tidal"),
                            SampleLink.pictured(
                                    "Tickets: Berlin and Beirut", "https://tickets.example.org/noor", "noor-stage.jpg"),
                            SampleLink.pictured(
                                    "Vinyl and prints", "https://shop.noor.example/vinyl", "noor-vinyl.jpg"),
                            SampleLink.of("Book the studio", "https://noor.example/booking")),
                    List.of(new SampleShortLink(
                            "noor-tidal", "https://music.example.org/tidal", "Tidal posters", "print"))));
}
