// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/gallery/gallery.h"

#include "widgets/common/look.h"

#include <QAccessible>
#include <QApplication>
#include <QCommandLineParser>
#include <QScreen>
#include <QTextStream>
#include <QTimer>

namespace {

/// What a screen reader finds, indented by depth.
void printSpoken(QAccessibleInterface *node, int depth)
{
    if (!node || node->state().invisible)
        return;
    QTextStream(stdout) << QString(2 * depth, QLatin1Char(' ')) << node->role() << " | "
                        << node->text(QAccessible::Name) << " | " << node->text(QAccessible::Description) << '\n';
    for (int i = 0; i < node->childCount(); ++i)
        printSpoken(node->child(i), depth + 1);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption schemeOption(
        QStringLiteral("scheme"), QStringLiteral("light, dark or desktop"), QStringLiteral("scheme"));
    const QCommandLineOption sizeOption(
        QStringLiteral("size"), QStringLiteral("width and height"), QStringLiteral("WxH"), QStringLiteral("1440x900"));
    const QCommandLineOption grabOption(
        QStringLiteral("grab"), QStringLiteral("save a picture and end"), QStringLiteral("file"));
    const QCommandLineOption pageOption(
        QStringLiteral("page"), QStringLiteral("number of the tab to show"), QStringLiteral("page"));
    const QCommandLineOption openOption(QStringLiteral("open"),
        QStringLiteral("confirm, menu, combo or tip; the picture is then of the whole screen"), QStringLiteral("what"));
    const QCommandLineOption tabOption(
        QStringLiteral("tab"), QStringLiteral("how often the Tab key is pressed"), QStringLiteral("times"));
    const QCommandLineOption spokenOption(
        QStringLiteral("spoken"), QStringLiteral("print what a screen reader finds, and end"));
    const QCommandLineOption rtlOption(QStringLiteral("rtl"), QStringLiteral("right to left"));
    parser.addOptions(
        {schemeOption, sizeOption, grabOption, pageOption, openOption, tabOption, spokenOption, rtlOption});
    parser.addHelpOption();
    parser.process(application);

    const QString scheme = parser.value(schemeOption);
    std::optional<Look::Scheme> chosen;
    if (scheme == QStringLiteral("light"))
        chosen = Look::Scheme::Light;
    else if (scheme == QStringLiteral("dark"))
        chosen = Look::Scheme::Dark;
    Look::install(application, chosen);
    if (parser.isSet(rtlOption))
        QApplication::setLayoutDirection(Qt::RightToLeft);

    Gallery gallery;
    const QStringList size = parser.value(sizeOption).split(QLatin1Char('x'));
    gallery.resize(size.value(0).toInt(), size.value(1).toInt());
    gallery.showPage(parser.value(pageOption).toInt());
    gallery.show();
    gallery.moveFocus(parser.value(tabOption).toInt());
    if (parser.isSet(spokenOption)) {
        printSpoken(QAccessible::queryAccessibleInterface(&gallery), 0);
        return 0;
    }
    if (parser.isSet(grabOption)) {
        QTimer::singleShot(200, &gallery, [&] { gallery.open(parser.value(openOption)); });
        QTimer::singleShot(1500, &gallery, [&] {
            const QPixmap picture = parser.isSet(openOption) ? gallery.screen()->grabWindow(0) : gallery.grab();
            QCoreApplication::exit(picture.save(parser.value(grabOption)) ? 0 : 1);
        });
    }
    return QApplication::exec();
}
