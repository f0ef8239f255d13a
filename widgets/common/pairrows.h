// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPair>
#include <QWidget>

class QLineEdit;
class QToolButton;
class QVBoxLayout;

/// Pairs of texts, one below the other: each can be removed, and Return in the last one or the button below adds
/// another. Rows of which nothing is entered don't count.
class PairRows final : public QWidget {
    Q_OBJECT

public:
    struct Words {
        QString first; ///< "Key"
        QString second; ///< "Value"
        QString add; ///< "Add an entry"
        QString remove; ///< "Remove the entry"
        QString stem; ///< of object names: "metadata"
    };
    using Pairs = QList<QPair<QString, QString>>;

    explicit PairRows(const Words &words, QWidget *parent = nullptr);

    Pairs pairs() const;
    /// `pair` fills one of its fields, so that something of it may be missing.
    static bool mayBeCut(const QPair<QString, QString> &pair);
    void setPairs(const Pairs &pairs);
    /// What is typed there is to be copied, or code.
    void setFixedFont(bool fixed) { m_isFixedFont = fixed; }
    QToolButton *addButton() const { return m_add; }

Q_SIGNALS:
    void edited();

private:
    struct Row {
        QWidget *line;
        QLineEdit *first;
        QLineEdit *second;
        QToolButton *remove;
    };

    Row makeRow();
    void addByPerson();
    void removeRow(QWidget *line);
    void chainTabs();
    void renewHeading();

    Words m_words;
    QWidget *m_heading;
    QVBoxLayout *m_lines;
    QToolButton *m_add;
    QList<Row> m_rows;
    bool m_isFixedFont = false;
};
