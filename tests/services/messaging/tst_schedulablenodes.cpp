// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/schedulablenodes.h"

#include "services/messaging/runtimeservice.h"
#include "tests/support/fakeclock.h"
#include "tests/support/messagingfixture.h"

#include <QJsonArray>
#include <QTest>

using namespace std::chrono_literals;

namespace {

QJsonObject node(const QString &name, const QJsonObject &spec = {})
{
    return {{u"apiVersion"_qs, u"v1"_qs}, {u"kind"_qs, u"Node"_qs}, {u"metadata"_qs, QJsonObject{{u"name"_qs, name}}},
        {u"spec"_qs, spec}};
}

QJsonObject tainted(const QString &name, const QString &effect)
{
    return node(name, {{u"taints"_qs, QJsonArray{QJsonObject{{u"key"_qs, u"k"_qs}, {u"effect"_qs, effect}}}}});
}

} // namespace

/// Which nodes the pods would come to, as far as that can be known.
class SchedulableNodesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void leavesOutNodesThatTakeNoPods();
    void knowsNothingOfNodesThatWereNotRead();
    void areKnownBeforeEnable_data();
    void areKnownBeforeEnable();
};

void SchedulableNodesTest::leavesOutNodesThatTakeNoPods()
{
    const QList<QJsonObject> all{node(u"open"_qs), node(u"closed"_qs, {{u"unschedulable"_qs, true}}),
        tainted(u"reserved"_qs, u"NoSchedule"_qs), tainted(u"failing"_qs, u"NoExecute"_qs),
        tainted(u"disliked"_qs, u"PreferNoSchedule"_qs)};
    QCOMPARE(schedulableNodes({all, true}), std::optional(QStringList{u"open"_qs, u"disliked"_qs}));
}

void SchedulableNodesTest::knowsNothingOfNodesThatWereNotRead()
{
    QList<QJsonObject> some{tainted(u"reserved"_qs, u"NoSchedule"_qs)};
    for (int i = 0; i < 4; ++i)
        some.append(node(u"n%1"_qs.arg(i)));
    QVERIFY(!schedulableNodes({some, false}));
    some.append(node(u"n4"_qs)); // enough for the largest runtime
    QCOMPARE(schedulableNodes({some, false})->size(), 5);
}

void SchedulableNodesTest::areKnownBeforeEnable_data()
{
    QTest::addColumn<bool>("isAllowed");
    QTest::newRow("may list nodes") << true;
    QTest::newRow("may not") << false;
}

void SchedulableNodesTest::areKnownBeforeEnable()
{
    QFETCH(bool, isAllowed);
    MessagingFixture fixture;
    fixture.cluster.put(node(u"pi-1"_qs));
    fixture.cluster.isAllowed = [isAllowed](
                                    const Permission &wanted) { return isAllowed || wanted.resource != u"nodes"_qs; };
    FakeClock clock;
    RuntimeService service(fixture.cluster, clock, MessagingFixture::nameSpace, u"ana@laptop"_qs);
    service.start();
    const auto wasAsked = [&fixture] {
        return std::any_of(fixture.cluster.requests.cbegin(), fixture.cluster.requests.cend(),
            [](const ApiRequest &request) { return request.path == u"/api/v1/nodes"_qs; });
    };
    for (int step = 0; step < 100 && !wasAsked(); ++step) {
        clock.advance(100ms);
        QTest::qWait(1);
    }
    QVERIFY(wasAsked());
    QCoreApplication::processEvents();
    QTRY_COMPARE(service.schedulableNodes(), isAllowed ? std::optional(QStringList{u"pi-1"_qs}) : std::nullopt);
    QVERIFY(service.enableAccess().allowed);
}

QTEST_GUILESS_MAIN(SchedulableNodesTest)
#include "tst_schedulablenodes.moc"
