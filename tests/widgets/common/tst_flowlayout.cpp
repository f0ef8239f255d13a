// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/flowlayout.h"

#include <QTest>
#include <QWidget>

/// A line that breaks where there is no room for it.
class FlowLayoutTest final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void standsInOneLineWithTheTrailingAtTheEnd();
    void breaksWhereThereIsNoRoom();
    void isAsNarrowAsItsWidest();

private:
    static constexpr int width = 100;
    static constexpr int height = 30;
    static constexpr int gap = 8;

    std::unique_ptr<QWidget> m_window;
    FlowLayout *m_layout = nullptr;
    QList<QWidget *> m_items;
};

void FlowLayoutTest::init()
{
    m_items.clear();
    m_window = std::make_unique<QWidget>();
    m_layout = new FlowLayout(m_window.get());
    m_layout->setSpacing(gap);
    for (int i = 0; i < 4; ++i) {
        if (i == 3)
            m_layout->startTrailing();
        m_items.append(new QWidget);
        m_items.last()->setFixedSize(width, height);
        m_layout->addWidget(m_items.last());
    }
}

void FlowLayoutTest::standsInOneLineWithTheTrailingAtTheEnd()
{
    m_layout->setGeometry({0, 0, 600, height});
    QCOMPARE(m_items[2]->pos(), QPoint(2 * (width + gap), 0));
    QCOMPARE(m_items[3]->pos(), QPoint(600 - width, 0));
    QCOMPARE(m_layout->heightForWidth(600), height);
}

void FlowLayoutTest::breaksWhereThereIsNoRoom()
{
    const int room = 2 * width + gap;
    m_layout->setGeometry({0, 0, room, 2 * height + gap});
    QCOMPARE(m_items[1]->pos(), QPoint(width + gap, 0));
    QCOMPARE(m_items[2]->pos(), QPoint(0, height + gap));
    QCOMPARE(m_items[3]->pos(), QPoint(width + gap, height + gap));
    QCOMPARE(m_layout->heightForWidth(room), 2 * height + gap);
    QCOMPARE(m_layout->heightForWidth(room - 1), 4 * height + 3 * gap);
}

void FlowLayoutTest::isAsNarrowAsItsWidest()
{
    QCOMPARE(m_layout->minimumSize().width(), width);
}

QTEST_MAIN(FlowLayoutTest)
#include "tst_flowlayout.moc"
