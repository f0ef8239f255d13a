// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/icons.h"

#include <QApplication>
#include <QImage>
#include <QTest>

/// Every icon has a drawing, in the colours of its role.
class IconsTest final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { Look::install(*qApp, Look::Scheme::Light); }
    void init() { Look::apply(*qApp, Look::Scheme::Light); }

    void everyIconIsDrawn_data();
    void everyIconIsDrawn();
    void followsAChangeOfColours();
    void isFaintWhenDisabled();
    void theProgramHasAnIcon();

private:
    static QColor strongest(const QImage &image);
};

/// The colour of the pixel that the drawing covers most.
QColor IconsTest::strongest(const QImage &image)
{
    QColor found(Qt::transparent);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor color = image.pixelColor(x, y);
            if (color.alpha() > found.alpha())
                found = color;
        }
    }
    return found;
}

void IconsTest::everyIconIsDrawn_data()
{
    QTest::addColumn<int>("name");
    for (int name = 0; name <= int(Icons::Name::Ring); ++name)
        QTest::addRow("%d", name) << name;
}

void IconsTest::everyIconIsDrawn()
{
    QFETCH(int, name);
    const QImage image = Icons::icon(Icons::Name(name), Look::Bad).pixmap(64).toImage();
    QCOMPARE(strongest(image), Look::color(Look::Bad));
}

void IconsTest::followsAChangeOfColours()
{
    const QIcon icon = Icons::icon(Icons::Name::Check, Look::Good);
    QCOMPARE(strongest(icon.pixmap(64).toImage()), Look::color(Look::Good));
    Look::apply(*qApp, Look::Scheme::Dark);
    QCOMPARE(strongest(icon.pixmap(64).toImage()), QColor(0x5C, 0xC9, 0x8B));
}

void IconsTest::isFaintWhenDisabled()
{
    const QIcon icon = Icons::icon(Icons::Name::Check, Look::Good);
    QCOMPARE(strongest(icon.pixmap(64, QIcon::Disabled).toImage()), Look::color(Look::FaintText));
}

void IconsTest::theProgramHasAnIcon()
{
    QVERIFY(strongest(Icons::application().pixmap(64).toImage()).alpha() == 255);
}

QTEST_MAIN(IconsTest)
#include "tst_icons.moc"
