// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/consumerservice.h"
#include "services/messaging/foreignmessaging.h"
#include "services/messaging/foreignruntime.h"
#include "services/messaging/monitoredjetstream.h"
#include "services/messaging/nackresources.h"
#include "services/messaging/streamservice.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakecluster.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/overview/foreignoverviewpage.h"
#include "widgets/overview/otherserverscard.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace {

ForeignServer server(const char *name, bool isOwned = true)
{
    ForeignServer found;
    found.nameSpace = u"team"_qs;
    found.name = QLatin1String(name);
    found.image = u"nats:2.12.3"_qs;
    found.version = u"2.12.3"_qs;
    found.replicas = 3;
    if (isOwned)
        found.owner = Owner{Owner::Tool::Helm, {}, u"bus"_qs, u"team"_qs};
    return found;
}

} // namespace

/// How a NATS that Pennant did not make looks on Overview, found and opened.
class ForeignOverviewTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cardOffersEachOfThem()
    {
        OtherServersCard card;
        card.setServers({});
        QVERIFY(card.isHidden());
        card.setServers({server("a"), server("b", false)});
        QVERIFY(!card.isHidden());
        const auto buttons = card.findChildren<QPushButton *>(u"openForeignButton"_qs);
        QCOMPARE(buttons.size(), 2);
        QCOMPARE(buttons[1]->accessibleName(), u"Open team/b read-only"_qs);
        QString opened;
        connect(&card, &OtherServersCard::openRequested, this,
            [&opened](const ForeignServer &wanted) { opened = wanted.place(); });
        buttons[1]->click();
        QCOMPARE(opened, u"team/b"_qs);
        card.setServers({server("b", false)});
        QCOMPARE(card.findChildren<QPushButton *>(u"openForeignButton"_qs).size(), 1);
    }

    void pageSaysWhoseItIsAndWhatIsWrong()
    {
        FakeCluster cluster;
        FakeClock clock;
        NackResources nack(cluster, clock, u"pennant-messaging"_qs);
        ForeignMessaging messaging(cluster, clock, nack, server("a"), u"ana"_qs);
        ForeignOverviewPage page(
            messaging.runtime(), messaging.jetStream(), messaging.streams(), messaging.consumers());
        const auto *whose = page.findChild<InlineMessage *>(u"foreignReadOnlyMessage"_qs);
        QCOMPARE(whose->title(), u"Read-only: owned by Helm release bus in namespace team"_qs);
        const auto *problem = page.findChild<InlineMessage *>(u"foreignProblemMessage"_qs);
        // what was found is not there any more
        QTRY_COMPARE((clock.advance(std::chrono::milliseconds(100)), problem->title()), u"team/a is gone"_qs);
    }
};

QTEST_MAIN(ForeignOverviewTest)
#include "tst_foreignoverview.moc"
