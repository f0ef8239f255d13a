// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/focusanchor.h"

#include "widgets/common/field.h"
#include "widgets/common/fieldrow.h"

#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>
#include <QVBoxLayout>

#include <memory>

/// What one types into stays where it is, whatever happens above it.
class FocusAnchorTest final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void staysWhenWhatIsAboveGetsHigher_data() { sections(); }
    void staysWhenWhatIsAboveGetsHigher();
    void staysWhenWhatIsAboveGetsLower_data() { sections(); }
    void staysWhenWhatIsAboveGetsLower();
    void leavesScrollingToThePerson();

private:
    static void sections();
    QLineEdit *edit(int number) const { return m_edits[number]; }
    int place(int number) const { return edit(number)->mapTo(m_area->viewport(), QPoint()).y(); }
    void settle() const;

    std::unique_ptr<QScrollArea> m_area;
    QList<Field *> m_fields;
    QList<QLineEdit *> m_edits;
};

namespace {

const QString manyLines = QStringLiteral("Of what is wrong here one can tell a great deal. ").repeated(8);

} // namespace

/// Two sections of ten fields each.
void FocusAnchorTest::init()
{
    m_fields.clear();
    m_edits.clear();
    m_area = std::make_unique<QScrollArea>();
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    for (int section = 0; section < 2; ++section) {
        auto *row = new FieldRow;
        for (int i = 0; i < 10; ++i) {
            m_edits << new QLineEdit;
            m_fields << new Field(QStringLiteral("Field"), m_edits.last());
            row->addField(m_fields.last(), true);
        }
        column->addWidget(row);
    }
    column->addStretch();
    m_area->setWidgetResizable(true);
    m_area->setWidget(content);
    new FocusAnchor(m_area.get());
    m_area->resize(360, 400);
    m_area->show();
    m_area->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_area.get()));
}

void FocusAnchorTest::sections()
{
    QTest::addColumn<int>("held");
    QTest::newRow("in the same section") << 5;
    QTest::newRow("in a later section") << 15;
    QTest::newRow("the last") << 19;
}

void FocusAnchorTest::settle() const
{
    for (int i = 0; i < 5; ++i)
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
}

void FocusAnchorTest::staysWhenWhatIsAboveGetsHigher()
{
    QFETCH(int, held);
    edit(held)->setFocus();
    m_area->ensureWidgetVisible(edit(held));
    settle();
    const int before = place(held);
    const int height = m_area->widget()->height();
    m_fields[2]->setError(manyLines);
    settle();
    QVERIFY(m_area->widget()->height() > height);
    QCOMPARE(place(held), before);
}

void FocusAnchorTest::staysWhenWhatIsAboveGetsLower()
{
    QFETCH(int, held);
    m_fields[2]->setError(manyLines);
    settle();
    edit(held)->setFocus();
    m_area->ensureWidgetVisible(edit(held));
    settle();
    const int before = place(held);
    m_fields[2]->setError({});
    settle();
    QCOMPARE(place(held), before);
}

void FocusAnchorTest::leavesScrollingToThePerson()
{
    edit(5)->setFocus();
    settle();
    m_area->verticalScrollBar()->setValue(m_area->verticalScrollBar()->maximum());
    settle();
    QCOMPARE(m_area->verticalScrollBar()->value(), m_area->verticalScrollBar()->maximum());
}

QTEST_MAIN(FocusAnchorTest)
#include "tst_focusanchor.moc"
