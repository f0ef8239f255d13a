// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QVariant>
#include <QWidget>

/// One of a few, all in sight. Arrow keys, Home and End choose; the whole is one stop for Tab.
class SegmentedChoice final : public QWidget {
    Q_OBJECT

public:
    explicit SegmentedChoice(QWidget *parent = nullptr);

    void addChoice(const QString &label, const QVariant &value = {});
    void clear();
    int count() const { return int(m_choices.size()); }
    /// With a reason, the choice can't be taken and says why.
    void setChoiceEnabled(int index, bool enabled, const QString &reason = {});
    QString choiceLabel(int index) const;
    QVariant choiceData(int index) const;

    int currentIndex() const { return m_current; }
    QVariant currentData() const;
    void setCurrentIndex(int index);
    /// Chooses the one with that data; leaves the choice alone where there is none.
    void setCurrentData(const QVariant &value);

    /// As a person would: nothing happens where the choice can't be taken.
    void choose(int index);

    bool isChoiceEnabled(int index) const;
    QString choiceReason(int index) const;
    QRect choiceRect(int index) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    /// By a person or by the program.
    void currentChanged(int index);
    /// By a person only.
    void activated(int index);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    struct Choice {
        QString label;
        QVariant data;
        bool enabled = true;
        QString reason;
    };
    int choiceWidth(const Choice &choice) const;
    int choiceAt(const QPoint &position) const;
    void stepFrom(int index, int direction);
    void paintChoice(QPainter *painter, int index) const;

    QList<Choice> m_choices;
    int m_current = -1;
    int m_hovered = -1;
};
