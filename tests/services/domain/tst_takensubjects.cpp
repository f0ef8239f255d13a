// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/takensubjects.h"

#include "services/domain/subject.h"

#include <QTest>

#include <random>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

StreamId id(const QString &name, const char *account = "default")
{
    return {text(account), name};
}

/// One subject compared with each.
std::optional<TakenSubjects::Overlap> oneByOne(
    const QList<StreamSubjects> &streams, const QStringList &subjects, const StreamId &own)
{
    for (const StreamSubjects &stream : streams) {
        if (stream.id.account != own.account || stream.id.name == own.name)
            continue;
        for (const QString &theirs : stream.subjects) {
            for (const QString &ours : subjects) {
                if (subjectsOverlap(ours, theirs))
                    return TakenSubjects::Overlap{ours, theirs, stream.id.name};
            }
        }
    }
    return std::nullopt;
}

} // namespace

class TakenSubjectsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsTheOverlap_data()
    {
        QTest::addColumn<QString>("subject");
        QTest::addColumn<QString>("theirs"); // empty: none
        const auto row = [](const char *subject, const char *theirs) {
            QTest::newRow(subject) << text(subject) << text(theirs);
        };
        row("orders", "");
        row("orders.new", "orders.>");
        row("orders.*", "orders.>");
        row("orders.>", "orders.>");
        row(">", "orders.>");
        row("*.eu.x", "orders.>");
        row("*.eu", "orders.>");
        row("bills.eu", "bills.*");
        row("bills.eu.x", "");
        row("bills.>", "bills.*");
        row("bills", "");
        row("*", "all");
        row("all", "all");
        row("all.>", "");
        row("a.b.c", "a.*.c");
        row("a.b.d", "");
        row("other", ""); // of another account
    }
    void findsTheOverlap()
    {
        QFETCH(QString, subject);
        QFETCH(QString, theirs);
        const QList<StreamSubjects> streams{{id(text("orders")), {text("orders.>"), text("bills.*")}},
            {id(text("all")), {text("all"), text("a.*.c")}}, {id(text("other"), "other"), {text("other")}}};
        const TakenSubjects taken(streams);
        const auto found = taken.overlapOf({subject}, id(text("new")));
        QCOMPARE(found ? found->theirs : QString(), theirs);
        QCOMPARE(found, oneByOne(streams, {subject}, id(text("new"))));
    }

    void heedsNotItself()
    {
        TakenSubjects taken{{id(text("orders")), {text("orders.>")}}, {id(text("eu")), {text("orders.eu")}}};
        QCOMPARE(taken.overlapOf({text("orders.*")}, id(text("orders")))->stream, text("eu"));
        QCOMPARE(taken.overlapOf({text("orders.*")}, id(text("eu")))->stream, text("orders"));
        QVERIFY(!taken.overlapOf({text("orders.us")}, id(text("orders"))));
        const TakenSubjects before = taken;
        taken.add({id(text("us")), {text("orders.us")}});
        QCOMPARE(taken.overlapOf({text("orders.us")}, id(text("orders")))->stream, text("us"));
        QVERIFY(!before.overlapOf({text("orders.us")}, id(text("orders"))));
        QVERIFY(taken.contains(id(text("us"))));
        QVERIFY(!before.contains(id(text("us"))));
        QVERIFY(!taken.contains(id(text("us"), "other")));
    }

    /// Whatever it is given it says what a comparison with each says.
    void agreesWithComparingEach()
    {
        std::mt19937 random(20261130); // NOLINT: the same each time
        const auto below = [&random](int end) { return int(random() % unsigned(end)); };
        const auto subject = [&below] {
            QStringList words;
            for (int count = 1 + below(4); count > 0; --count)
                words.append(text(std::array{"a", "b", "c", "*"}[std::size_t(below(4))]));
            if (below(4) == 0)
                words.append(text(">"));
            return words.join(QLatin1Char('.'));
        };
        const auto name = [&below] { return QString::number(below(12)); };
        int found = 0;
        for (int round = 0; round < 3000; ++round) {
            QList<StreamSubjects> streams;
            for (int stream = 0; stream < below(12); ++stream)
                streams.append(
                    {id(QString::number(stream), below(5) == 0 ? "other" : "default"), {subject(), subject()}});
            const QStringList own{subject(), subject()};
            const StreamId self = id(name());
            const auto expected = oneByOne(streams, own, self);
            found += expected ? 1 : 0;
            QCOMPARE(TakenSubjects(streams).overlapOf(own, self), expected);
        }
        QVERIFY(found > 500 && found < 2500);
    }
};

QTEST_GUILESS_MAIN(TakenSubjectsTest)
#include "tst_takensubjects.moc"
