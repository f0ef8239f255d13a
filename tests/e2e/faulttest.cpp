// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/faulttest.h"

#include "tests/e2e/clusterfaults.h"
#include "widgets/common/banner.h"
#include "widgets/common/elidinglabel.h"

#include <QElapsedTimer>
#include <QTest>

namespace {

double seconds(const QElapsedTimer &timer)
{
    return double(timer.elapsed()) / 1000;
}

} // namespace

void FaultTest::measure(const Fault &fault)
{
    const auto isSeen = fault.isSeen ? fault.isSeen : [this] { return isStale(); };
    const auto isWell = fault.isWell ? fault.isWell : [this] { return isLive(); };
    const auto asItIs = [&] { return fault.name + u'\n' + m_driver->textIn(); };
    QVERIFY2(m_driver->waitFor(isWell), qPrintable(asItIs()));
    QTest::qWait(4000); // as after a day of quiet
    QElapsedTimer timer;
    timer.start();
    QVERIFY2(fault.inflict(), qPrintable(fault.name));
    QVERIFY2(m_driver->waitFor(isSeen), qPrintable(fault.name));
    const double seen = seconds(timer);
    QTest::qWait(fault.lasts * 1000);
    const QString said = fault.said ? fault.said() : banner();
    QVERIFY2(!said.isEmpty(), qPrintable(fault.name));
    timer.restart();
    QVERIFY2(fault.mend(), qPrintable(fault.name));
    if (fault.isMended) {
        QVERIFY2(m_driver->waitFor(fault.isMended), qPrintable(fault.name));
        timer.restart();
    }
    QVERIFY2(m_driver->waitFor(isWell), qPrintable(asItIs()));
    note(fault.name, said, seen, seconds(timer));
}

void FaultTest::measureProgram(const QString &name, const QString &verb, const QString &program, int lasts)
{
    const auto order = [program](const QString &what) { return ClusterFaults::localCluster(what + u' ' + program); };
    measure({name, [=] { return order(verb); }, lasts, [=] { return order(QStringLiteral("mend")); }});
}

void FaultTest::note(const QString &fault, const QString &said, std::optional<double> seen, double healed)
{
    m_rows.append({fault, said, seen, healed});
}

bool FaultTest::isStale() const
{
    const auto *label = m_driver->find<ElidingLabel>(QStringLiteral("freshnessLabel"));
    return label && label->text().startsWith(QLatin1String("Stale"));
}

bool FaultTest::isLive() const
{
    const auto *label = m_driver->find<ElidingLabel>(QStringLiteral("freshnessLabel"));
    return label && label->text() == QLatin1String("Live");
}

QString FaultTest::banner() const
{
    const auto *shown = m_driver->find<Banner>(QStringLiteral("connectionBanner"));
    return shown ? shown->text() : QString();
}

void FaultTest::cleanupTestCase()
{
    if (m_rows.isEmpty())
        return;
    qInfo("%-44s %8s %8s  %s", "fault", "seen", "healed", "the window said");
    for (const Row &row : std::as_const(m_rows)) {
        const QString seen = row.seen ? QStringLiteral("%1 s").arg(*row.seen, 0, 'f', 1) : QStringLiteral("-");
        qInfo("%-44s %8s %6.1f s  %s", qPrintable(row.fault), qPrintable(seen), row.healed, qPrintable(row.said));
    }
    closeWindow();
}
