// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/environmentdialog.h"
#include "app/environmentstripe.h"
#include "models/clusterlistmodel.h"
#include "tests/app/windowfixture.h"
#include "widgets/common/segmentedchoice.h"
#include "widgets/common/tag.h"

#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QTest>

/// The word and the colour by which a person tells clusters apart.
class EnvironmentsTest final : public WindowFixture {
    Q_OBJECT

private:
    QModelIndex rowOf(const QString &context) const
    {
        const auto *list = find<QListView>("clusterList");
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            const QModelIndex index = list->model()->index(row, 0);
            if (index.data().toString() == context)
                return index;
        }
        return {};
    }
    EnvironmentDialog *ask(const QString &context)
    {
        auto *list = find<QListView>("clusterList");
        Q_EMIT list->customContextMenuRequested(list->visualRect(rowOf(context)).center());
        auto *menu = find<QMenu>("clusterMenu");
        menu->actions().last()->trigger();
        delete menu;
        return find<EnvironmentDialog>("environmentDialog");
    }
    void give(const QString &context, const QString &label, ClusterEnvironment::Color color)
    {
        EnvironmentDialog *dialog = ask(context);
        dialog->findChild<QLineEdit *>(u"environmentLabelEdit"_qs)->setText(label);
        dialog->findChild<SegmentedChoice *>(u"environmentColorChoice"_qs)->setCurrentData(int(color));
        dialog->findChild<QPushButton *>(u"saveEnvironmentButton"_qs)->click();
        delete dialog;
    }
    QString shownTag() const
    {
        for (const Tag *tag : m_window->findChildren<Tag *>(u"environmentTag"_qs)) {
            if (tag->isVisible())
                return tag->text();
        }
        return {};
    }

private Q_SLOTS:
    void hasNoneUnasked();
    void standsWhereTheClusterIsInSight();
    void isRememberedAndFound();
    void goesWithItsWord();
    void suggests_data();
    void suggests();
};

void EnvironmentsTest::hasNoneUnasked()
{
    writeKubeconfig(twoClusters);
    open();
    QVERIFY(rowOf(u"prod"_qs).data(ClusterListModel::EnvironmentRole).toString().isEmpty());
    QVERIFY(!find<EnvironmentStripe>("environmentStripe")->isVisible());
    QVERIFY(shownTag().isEmpty());
    EnvironmentDialog *dialog = ask(u"prod"_qs);
    QCOMPARE(dialog->findChild<QLineEdit *>(u"environmentLabelEdit"_qs)->text(), u"PROD"_qs); // suggested
    dialog->reject();
    QVERIFY(rowOf(u"prod"_qs).data(ClusterListModel::EnvironmentRole).toString().isEmpty());
}

void EnvironmentsTest::standsWhereTheClusterIsInSight()
{
    writeKubeconfig(twoClusters);
    open();
    give(u"prod"_qs, u"PROD"_qs, ClusterEnvironment::Color::Red);
    auto *stripe = find<EnvironmentStripe>("environmentStripe");
    QVERIFY(stripe->isVisible());
    QCOMPARE(stripe->width(), m_window->width());
    QCOMPARE(stripe->grab().toImage().pixelColor(5, 1), Look::toneColor(Tone::Bad));
    QCOMPARE(shownTag(), u"PROD"_qs);
    click(u"local"_qs);
    QVERIFY(!stripe->isVisible());
    QVERIFY(shownTag().isEmpty());
    give(u"local"_qs, u"DEV"_qs, ClusterEnvironment::Color::Green);
    QCOMPARE(stripe->grab().toImage().pixelColor(5, 1), Look::toneColor(Tone::Good));
    click(u"broken"_qs);
    QVERIFY(!stripe->isVisible());
    click(u"prod"_qs);
    QVERIFY(stripe->isVisible());
    QCOMPARE(shownTag(), u"PROD"_qs);
}

void EnvironmentsTest::isRememberedAndFound()
{
    writeKubeconfig(twoClusters);
    open();
    give(u"prod"_qs, u"  Kunden "_qs, ClusterEnvironment::Color::Amber);
    open();
    const QModelIndex row = rowOf(u"prod"_qs);
    QCOMPARE(row.data(ClusterListModel::EnvironmentRole).toString(), u"Kunden"_qs);
    QCOMPARE(row.data(ClusterListModel::EnvironmentColorRole).toInt(), int(ClusterEnvironment::Color::Amber));
    QVERIFY(row.data(Qt::AccessibleTextRole).toString().contains(u"Kunden"_qs));
    find<QLineEdit>("clusterFilterEdit")->setText(u"kund"_qs);
    QCOMPARE(find<QListView>("clusterList")->model()->rowCount(), 2);
}

void EnvironmentsTest::goesWithItsWord()
{
    writeKubeconfig(twoClusters);
    open();
    give(u"prod"_qs, u"PROD"_qs, ClusterEnvironment::Color::Red);
    give(u"prod"_qs, QString(), ClusterEnvironment::Color::Red);
    QVERIFY(!find<EnvironmentStripe>("environmentStripe")->isVisible());
    QCOMPARE(m_catalog->entry(m_catalog->idOfContext(u"prod"_qs))->environment, ClusterEnvironment());
}

void EnvironmentsTest::suggests_data()
{
    QTest::addColumn<QString>("cluster");
    QTest::addColumn<QString>("label");
    QTest::newRow("production") << u"eks-Prod-1"_qs << u"PROD"_qs;
    QTest::newRow("staging") << u"gke_shop_staging"_qs << u"STAGING"_qs;
    QTest::newRow("development") << u"team-dev"_qs << u"DEV"_qs;
    QTest::newRow("nothing") << u"blue"_qs << QString();
}

void EnvironmentsTest::suggests()
{
    QFETCH(QString, cluster);
    QTEST(suggestedEnvironment(cluster).label, "label");
}

QTEST_MAIN(EnvironmentsTest)
#include "tst_environments.moc"
